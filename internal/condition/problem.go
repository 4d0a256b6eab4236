package condition

// Problem is something wrong in a condition: where, in bytes of the source, what, and what would be right.
type Problem struct {
	Offset  int
	Length  int
	Code    string // stable, e.g. "condition-syntax"
	Message string
	Hint    string
	Warning bool // the condition can be used, yet is probably not what was meant
}

func problem(offset, length int, code, message, hint string) *Problem {
	return &Problem{Offset: offset, Length: max(length, 1), Code: code, Message: message, Hint: hint}
}
