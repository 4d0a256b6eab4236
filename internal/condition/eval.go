package condition

import "slices"

// Eval gives the truth of a tree in three-valued logic. A comparison with an item that has no answer is Unknown;
// answered() never is. It does not allocate.
func Eval(n *Node, lookup Lookup) Truth {
	return fold(n, func(atom *Node) Truth { return evalAtom(atom, lookup(atom.Item)) })
}

// fold gives the truth of a tree from the truth of its atoms.
func fold(n *Node, atom func(*Node) Truth) Truth {
	switch n.Kind {
	case And:
		t := True
		for _, arg := range n.Args {
			if t = min(t, fold(arg, atom)); t == False {
				break
			}
		}
		return t
	case Or:
		t := False
		for _, arg := range n.Args {
			if t = max(t, fold(arg, atom)); t == True {
				break
			}
		}
		return t
	case Not:
		return -fold(n.Args[0], atom)
	}
	return atom(n)
}

func evalAtom(n *Node, v Value) Truth {
	if n.Kind == Answered {
		return truth(v.Answered)
	}
	if !v.Answered {
		return Unknown
	}
	switch n.Kind {
	case Has:
		return truth(slices.Contains(v.Codes, n.Values[0].Text))
	case In:
		for i := range n.Values {
			if same(&n.Values[i], v) {
				return True
			}
		}
		return False
	case Compare:
		return compare(n.Op, &n.Values[0], v)
	}
	return Unknown
}

func compare(op Op, lit *Literal, v Value) Truth {
	switch op {
	case Equal:
		return truth(same(lit, v))
	case NotEqual:
		return truth(!same(lit, v))
	}
	if !v.IsNumber || !lit.IsNumber {
		return Unknown
	}
	switch op {
	case Less:
		return truth(v.Number < lit.Number)
	case LessEqual:
		return truth(v.Number <= lit.Number)
	case Greater:
		return truth(v.Number > lit.Number)
	case GreaterEqual:
		return truth(v.Number >= lit.Number)
	}
	return Unknown
}

// same compares a choice by its code and a number by its value.
func same(lit *Literal, v Value) bool {
	if len(v.Codes) > 0 {
		return v.Codes[0] == lit.Text
	}
	return v.IsNumber && lit.IsNumber && v.Number == lit.Number
}

func truth(b bool) Truth {
	if b {
		return True
	}
	return False
}

// String names a truth value as the file of cases does.
func (t Truth) String() string {
	switch t {
	case True:
		return "true"
	case False:
		return "false"
	default:
		return "unknown"
	}
}
