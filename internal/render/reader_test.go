package render_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"

	"surveyd/internal/browsertest"
	"surveyd/internal/render/gallery"
)

// heard is what a screen reader finds in the page: role and name of everything that has a name or can be used.
func (s student) heard() []string {
	s.t.Helper()
	var lines []string
	browsertest.Run(s.t, s.tab, chromedp.ActionFunc(func(ctx context.Context) error {
		nodes, err := accessibility.GetFullAXTree().Do(ctx)
		if err != nil {
			return err
		}
		for _, node := range nodes {
			if node.Ignored || node.Role == nil {
				continue
			}
			role := spoken(node.Role)
			switch role {
			case "StaticText", "InlineTextBox", "ListMarker", "none", "generic", "LabelText", "Legend":
				continue
			}
			lines = append(lines, role+": "+spoken(node.Name))
		}
		return nil
	}))
	return lines
}

// spoken is a value of the accessibility tree as text; empty when it is not there.
func spoken(value *accessibility.Value) string {
	var text string
	if value == nil || json.Unmarshal(value.Value, &text) != nil {
		return ""
	}
	return text
}

func TestAScreenReaderFindsEveryQuestionByItsName(t *testing.T) {
	t.Parallel()
	s := student{t: t, tab: browsertest.Start(t), server: newProtocolServer(t, gallery.Demo())}
	for _, width := range []int64{1366, 360} {
		browsertest.Run(t, s.tab, browsertest.Device(width, 740, "light", true))
		s.open("es")
		s.choose("mi1", "4")
		for page, want := range [][]string{
			{
				"RootWebArea: Las matemáticas y yo", "navigation: Idioma", "button: English", "button: Español", "heading: Las matemáticas y yo", "heading: Página 1 de 3 Cómo veo las matemáticas",
				"radio: Me gusta averiguar cómo funcionan las cosas. De acuerdo", "radio: Me gusta averiguar cómo funcionan las cosas. Prefiero no decir",
				"button: Borrar mi respuesta: Me gusta averiguar cómo funcionan las cosas.", "progressbar: Avance", "button: Siguiente",
			},
			{"heading: Página 2 de 3 Cosas nuevas", "group: ¿Cómo te sientes con un tema nuevo de matemáticas?", "radio: Totalmente de acuerdo", "button: Atrás"},
			{
				"group: ¿Estás en un club de K-PhD?", "radio: Sí", "group: ¿Qué clubes has probado? Elige todas las que quieras.", "checkbox: Ajedrez",
				"textbox: ¿Cuántas horas a la semana construyes o programas algo?", "textbox: ¿Hay algo más que quieras contarnos?", "button: Enviar mis respuestas",
			},
		} {
			if page > 0 {
				s.press("next")
			}
			got := s.heard()
			for _, line := range want {
				if !slices.Contains(got, line) {
					t.Errorf("%d px, page %d: no %q in\n  %s", width, page+1, line, strings.Join(got, "\n  "))
				}
			}
			for _, line := range got {
				role, name, _ := strings.Cut(line, ": ")
				if name == "" && slices.Contains([]string{"button", "radio", "checkbox", "textbox", "link", "progressbar", "group"}, role) {
					t.Errorf("%d px, page %d: a %s without a name", width, page+1, role)
				}
				if page != 1 && strings.Contains(line, "¿Cómo te sientes") {
					t.Errorf("%d px, page %d: a question of another page can be heard", width, page+1)
				}
			}
		}
	}
}

// TestAScreenReaderIsToldOnlyWhatIsNews counts what the live region says.
func TestAScreenReaderIsToldOnlyWhatIsNews(t *testing.T) {
	t.Parallel()
	s := student{t: t, tab: browsertest.Start(t), server: newProtocolServer(t, gallery.Demo())}
	s.open("en")
	s.script(`window.told = []; new MutationObserver(() => told.push(document.getElementById('news').textContent)).observe(document.getElementById('news'), {childList: true, characterData: true, subtree: true})`)
	told := func() string { return strings.Join(browsertest.Read[[]string](t, s.tab, "told"), "|") }
	for i, code := range []string{"1", "2", "3", "4", "5"} {
		s.choose("mi1", code)
		s.arrives("mi1", code)
		s.says("Saved")
		if got := told(); got != "Saved" {
			t.Fatalf("after %d answers it has said %q", i+1, got)
		}
	}
	s.server.set(func(p *protocolServer) { p.down = true })
	s.choose("mi2", "1")
	s.says("No connection")
	s.choose("mi2", "2")
	s.server.set(func(p *protocolServer) { p.down = false })
	s.online()
	s.arrives("mi2", "2")
	s.says("Saved")
	if got, want := told(), "Saved|No connection right now. Your answers are kept here and will be sent.|Saved"; got != want {
		t.Errorf("it has said %q, want %q", got, want)
	}
}

// TestWithoutASecureAddressThePageSaysThatTheDeviceKeepsNoCopy uses http under a name that is not localhost.
func TestWithoutASecureAddressThePageSaysThatTheDeviceKeepsNoCopy(t *testing.T) {
	t.Parallel()
	server := newProtocolServer(t, gallery.Demo())
	browser := browsertest.Browser(t, chromedp.Flag("host-resolver-rules", "MAP school.test 127.0.0.1"))
	server.URL = strings.Replace(server.URL, "127.0.0.1", "school.test", 1)
	s := student{t: t, tab: browsertest.Tab(t, browser), server: server}
	s.open("es")
	if got := browsertest.Read[string](t, s.tab, `document.querySelector('#survey').previousElementSibling.textContent`); !strings.HasPrefix(got, "Este dispositivo no guarda copia") {
		t.Errorf("above the questions stands %q", got)
	}
	s.choose("mi1", "4")
	s.arrives("mi1", "4")
	s.server.set(func(p *protocolServer) { p.down = true })
	s.choose("mi2", "2")
	s.says("Deja esta página abierta: tus respuestas se van a enviar.")
	s.server.set(func(p *protocolServer) { p.down, p.gone = false, true })
	s.online()
	s.says("No cierres antes esta página")
	if got := browsertest.Read[string](t, s.tab, `document.querySelector('#state a').target`); got != "_blank" {
		t.Errorf("the code is typed in %q, and the answers in the page are lost", got)
	}
	s.server.set(func(p *protocolServer) { p.gone = false })
	s.script(`document.dispatchEvent(new Event('visibilitychange'))`)
	s.arrives("mi2", "2")
	if got := browsertest.Read[string](t, s.tab, `JSON.stringify({...localStorage, ...sessionStorage})`); got != "{}" {
		t.Errorf("on the device there is %s", got)
	}
}
