package instrument

import "testing"

func BenchmarkLoad(b *testing.B) {
	src := []byte(baseYAML())
	b.ReportAllocs()
	for b.Loop() {
		if in, _ := Load("x.yaml", src, Options{}); in == nil {
			b.Fatal("it does not load")
		}
	}
}
