package i18n

import "strings"

// Register is how a language speaks to somebody: its words differ for a child and for a child's grandmother.
type Register string

// The registers. Where a message has no words in one, it says those of the register before.
const (
	Plain  Register = ""       // to students, and to nobody in particular
	Adult  Register = "adult"  // to adults, as colleagues speak
	Formal Register = "formal" // to adults whom a language addresses by another pronoun, as Spanish does by usted
)

// registers are the ends of the ids of a message's variants, the most particular first.
var registers = [...]Register{Formal, Adult}

// In gives the same language in a register.
func (w Words) In(register Register) Words {
	w.register = register
	return w
}

// variant is the message that says id in the words' register: id itself where that has no words of its own.
func (w Words) variant(id string) string {
	speaks := false
	for _, register := range registers {
		speaks = speaks || register == w.register
		if !speaks {
			continue
		}
		if v := id + "." + string(register); w.known[v] {
			return v
		}
	}
	return id
}

// BaseID gives the id of which a message is a variant in some register, and that register; the id itself and Plain when it
// is none.
func BaseID(id string) (string, Register) {
	for _, register := range registers {
		if base, is := strings.CutSuffix(id, "."+string(register)); is {
			return base, register
		}
	}
	return id, Plain
}
