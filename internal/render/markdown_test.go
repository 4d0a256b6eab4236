package render_test

import (
	"regexp"
	"strings"
	"testing"

	"surveyd/internal/render"
)

func TestMarkdownIsASmallSafeSubset(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{"One.\nTwo.\n\nThree.", "<p>One.<br>Two.</p><p>Three.</p>"},
		{"Say **yes** or **no**.", "<p>Say <strong>yes</strong> or <strong>no</strong>.</p>"},
		{"- a\n- b\n\n1. c\n2) d", "<ul><li>a</li><li>b</li></ul><ol><li>c</li><li>d</li></ol>"},
		{"Text\n- item\nmore", "<p>Text</p><ul><li>item</li></ul><p>more</p>"},
		{"[a & b](https://example.org/?a=1&b=2)", `<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">a &amp; b</a></p>`},
		{"[bad](javascript:alert(1))", "<p>[bad](javascript:alert(1))</p>"},
		{"[bad](data:text/html,x) [worse](//evil.example)", "<p>[bad](data:text/html,x) [worse](//evil.example)</p>"},
		{"<script>alert('x')</script> **<b>**", "<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; <strong>&lt;b&gt;</strong></p>"},
		{"5 * 3 ** 2", "<p>5 * 3 ** 2</p>"},
		{"", ""},
	} {
		if got := string(render.Markdown(c.source)); got != c.want {
			t.Errorf("%q\n gives %s\n want  %s", c.source, got, c.want)
		}
	}
}

var safeTags = regexp.MustCompile(`</?(p|br|strong|ul|ol|li)>|<a href="https?://[^"<>]*" rel="noopener noreferrer">|</a>`)

func FuzzMarkdownLetsNoOtherTagThrough(f *testing.F) {
	f.Add("**a** [b](https://c) <d> - e\n- f")
	f.Add("[x](https://\"onclick=alert(1)) **[y](http://z)**")
	f.Fuzz(func(t *testing.T, source string) {
		if rest := safeTags.ReplaceAllString(string(render.Markdown(source)), ""); strings.ContainsAny(rest, "<>\"") {
			t.Errorf("%q lets %q through", source, rest)
		}
	})
}
