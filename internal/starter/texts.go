package starter

import (
	"fmt"
	"strconv"
	"strings"

	"surveyd/internal/instrument"
)

// known are the languages that starter files have words in.
var known = []instrument.Lang{"en", "es"}

var languageNames = map[instrument.Lang]string{"en": "English", "es": "Spanish"}

// texts are the words of a starter file, by name and language.
type texts map[string]instrument.Text

// inline writes a text as a value in brackets.
func (t texts) inline(name string, languages []instrument.Lang) (string, error) {
	parts := make([]string, len(languages))
	for i, lang := range languages {
		words, err := t.word(name, lang)
		if err != nil {
			return "", err
		}
		parts[i] = fmt.Sprintf("%s: %s", lang, strconv.Quote(words))
	}
	return "{" + strings.Join(parts, ", ") + "}", nil
}

// block writes a text of several paragraphs below its key.
func (t texts) block(name string, languages []instrument.Lang) (string, error) {
	var out strings.Builder
	for _, lang := range languages {
		words, err := t.word(name, lang)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&out, "\n  %s: |", lang)
		for _, line := range strings.Split(words, "\n") {
			out.WriteString("\n")
			if line != "" {
				out.WriteString("    " + line)
			}
		}
	}
	return out.String(), nil
}

func (t texts) word(name string, lang instrument.Lang) (string, error) {
	for _, from := range [...]texts{t, sharedTexts} {
		if words, ok := from[name][lang]; ok {
			return words, nil
		}
	}
	return "", fmt.Errorf("starter file: there is no text %s in %s", name, lang)
}

// sharedTexts are the same for whomever an instrument is.
var sharedTexts = texts{
	"title":      {"en": "Finding out", "es": "Querer saber"},
	"programme":  {"en": "our school", "es": "nuestra escuela"},
	"no":         {"en": "Not true", "es": "No es cierto"},
	"little":     {"en": "A little true", "es": "Un poco cierto"},
	"mostly":     {"en": "Mostly true", "es": "Bastante cierto"},
	"very":       {"en": "Very true", "es": "Muy cierto"},
	"declined":   {"en": "I'd rather not say", "es": "Prefiero no decir"},
	"scale":      {"en": "Curiosity", "es": "Curiosidad"},
	"science":    {"en": "Science club", "es": "Club de ciencia"},
	"coding":     {"en": "Coding club", "es": "Club de programación"},
	"none":       {"en": "None of these", "es": "Ninguno de estos"},
	"page_clubs": {"en": "Clubs", "es": "Clubes"},
}

var studentTexts = texts{
	"intro": {
		"en": "**Why we ask.** We want to know what you think. It helps {{programme}} do better.\n\n**It is up to you.** You can skip what you want. You can stop when you want. It is not a test.",
		"es": "**Por qué lo hacemos.** Nos sirve saber lo que tú crees. Es para que {{programme}} sea mejor.\n\n**Tú decides.** No es un examen. No hay que decir todo. Si ya no quieres, lo dejas.",
	},
	"closing": {
		"en": "**Thank you!** If this made you feel bad, talk with a grown-up you trust.",
		"es": "**¡Gracias!** Si algo te hizo sentir mal, habla con alguien de tu casa o de tu escuela.",
	},
	"item1": {"en": "I like to find out why things happen.", "es": "Me gusta saber por qué pasan las cosas."},
	"item2": {"en": "When I do not know, I ask.", "es": "Si no sé algo, lo pregunto."},
	"item3": {"en": "I try things out to see what will happen.", "es": "Hago pruebas para ver qué pasa."},
	"item4": {"en": "If it does not work, I try again.", "es": "Si no me sale, lo vuelvo a hacer."},
	"page":  {"en": "What is true for you?", "es": "¿Qué es cierto para ti?"},
	"means": {"en": "The student wants to know more and looks for answers.", "es": "Quiere saber más y busca respuestas."},
	"clubs": {"en": "Which clubs are you in?", "es": "¿En qué clubes estás?"},
	"hours": {"en": "How many hours did you spend there last week?", "es": "¿Cuántas horas estuviste ahí la semana pasada?"},
	"more":  {"en": "What else do you want to say? Please leave out names.", "es": "¿Qué más quieres decir? Por favor, no pongas nombres."},
}

var familyTexts = texts{
	"intro": {
		"en": "**Why we ask.** We want to know what you see at home. It helps {{programme}} do better.\n\n**It is up to you.** You can skip any question, and you can stop at any time. Your answers change nothing for your child.",
		"es": "**Por qué preguntamos.** Queremos saber lo que usted ve en casa. Ayuda a que {{programme}} sea mejor.\n\n**Usted decide.** Puede saltarse cualquier pregunta y puede parar cuando quiera. Sus respuestas no cambian nada para su hija o hijo.",
	},
	"closing": {
		"en": "**Thank you!** If you have questions, call the school office.",
		"es": "**¡Gracias!** Si tiene preguntas, llame a la oficina de la escuela.",
	},
	"item1": {"en": "My child likes to find out why things happen.", "es": "A mi hija o hijo le gusta saber por qué pasan las cosas."},
	"item2": {"en": "My child asks when something is not clear.", "es": "Mi hija o hijo pregunta cuando algo no está claro."},
	"item3": {"en": "My child tries things out to see what will happen.", "es": "Mi hija o hijo hace pruebas para ver qué pasa."},
	"item4": {"en": "If something does not work, my child tries again.", "es": "Si algo no le sale, mi hija o hijo lo vuelve a intentar."},
	"page":  {"en": "What is true for your child?", "es": "¿Qué es cierto para su hija o hijo?"},
	"means": {"en": "The family sees a child who wants to know more and looks for answers.", "es": "La familia ve a alguien que quiere saber más y busca respuestas."},
	"clubs": {"en": "Which clubs is your child in?", "es": "¿En qué clubes está su hija o hijo?"},
	"hours": {"en": "How many hours did your child spend there last week?", "es": "¿Cuántas horas estuvo ahí su hija o hijo la semana pasada?"},
	"more":  {"en": "What else do you want to say? Please leave out names.", "es": "¿Qué más quiere decir? Por favor, no ponga nombres."},
}

var staffTexts = texts{
	"intro": {
		"en": "**Why we ask.** We want to know what you see in your class. It helps {{programme}} do better.\n\n**It is up to you.** You can skip any question, and you can stop at any time. This is no evaluation of your work.",
		"es": "**Por qué preguntamos.** Queremos saber lo que ves en tu clase. Ayuda a que {{programme}} sea mejor.\n\n**Tú decides.** Puedes saltarte cualquier pregunta y puedes parar cuando quieras. Esto no evalúa tu trabajo.",
	},
	"closing": {
		"en": "**Thank you!** The results come back to you as groups, never as single answers.",
		"es": "**¡Gracias!** Los resultados te llegan por grupos, nunca como respuestas sueltas.",
	},
	"item1": {"en": "My students like to find out why things happen.", "es": "En mi clase les gusta saber por qué pasan las cosas."},
	"item2": {"en": "My students ask when something is not clear.", "es": "En mi clase preguntan cuando algo no está claro."},
	"item3": {"en": "My students try things out to see what will happen.", "es": "En mi clase hacen pruebas para ver qué pasa."},
	"item4": {"en": "If something does not work, my students try again.", "es": "Si algo no les sale, en mi clase lo vuelven a intentar."},
	"page":  {"en": "What is true for your class?", "es": "¿Qué es cierto para tu clase?"},
	"means": {"en": "The class wants to know more and looks for answers.", "es": "La clase quiere saber más y busca respuestas."},
	"clubs": {"en": "Which clubs do you lead?", "es": "¿Qué clubes diriges?"},
	"hours": {"en": "How many hours did you spend there last week?", "es": "¿Cuántas horas estuviste ahí la semana pasada?"},
	"more":  {"en": "What else do you want to say? Please leave out names.", "es": "¿Qué más quieres decir? Por favor, no pongas nombres."},
}
