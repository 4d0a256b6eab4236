package instrument

import (
	"os"
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
