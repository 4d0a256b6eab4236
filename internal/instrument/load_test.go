package instrument

import (
	"os"
	"strings"
	"testing"
)

func TestTheWholeFormatLoads(t *testing.T) {
	src, err := os.ReadFile("testdata/whole.yaml")
	if err != nil {
		t.Fatal(err)
	}
	in, list := Load("whole.yaml", src, Options{})
	for _, d := range list {
		t.Log(d)
	}
	if in == nil {
		t.Fatal("it has errors")
	}
	if len(in.Items) != 8 || len(in.Pages) != 2 || len(in.Scales) != 2 || in.Scales[0].MinAnswered != 2 {
		t.Errorf("items, pages or scales are missing: %+v", in)
	}
}

// What the format does not require may be left out, inside of its parts too; what a reviewer would miss is warned of.
func TestAllElseMayBeLeftOut(t *testing.T) {
	src := baseYAML()
	for _, change := range [][3]string{
		{`{text: "A paper.", doi: "10.1000/xyz"}`, `{doi: "10.1000/xyz"}`, ""},
		{"status: piloted, ", "", "no-evidence"},
		{`n: 99, source: "a pilot"`, `source: "a pilot"`, "evidence-gap"},
		{`n: 99, source: "a pilot"`, `n: 99`, "evidence-gap"},
		{"{name: two, ", "{", ""},
		{`{seconds_per_item: {"6-12": 1.0}, share: 0.5}`, `{seconds_per_item: {"6-12": 1.0}}`, ""},
	} {
		if strings.Count(src, change[0]) != 1 {
			t.Fatalf("%q stands %d times", change[0], strings.Count(src, change[0]))
		}
		in, list := Load("base.yaml", []byte(strings.Replace(src, change[0], change[1], 1)), Options{})
		if in == nil {
			t.Errorf("%q in the place of %q:%s", change[1], change[0], say(list))
			continue
		}
		if change[2] == "" && len(list) > 0 || change[2] != "" && (len(list) != 1 || list[0].Code != change[2]) {
			t.Errorf("%q in the place of %q, want %q:%s", change[1], change[0], change[2], say(list))
		}
	}
	if in, _ := Load("base.yaml", []byte(strings.Replace(src, "{name: two, ", "{", 1)), Options{}); in.Tests[1].Name != "test 2" {
		t.Errorf("a test without a name is called %q", in.Tests[1].Name)
	}
}
