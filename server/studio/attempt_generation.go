package studio

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Generation is what was asked of the generator. All of it is text: a 64-bit
// seed does not survive a float, and an unknown field stays empty.
type Generation struct {
	Service   string `json:"service"` // 可灵, 即梦， ComfyUI …
	Model     string `json:"model"`
	Prompt    string `json:"prompt"`
	Negative  string `json:"negative"`
	Seed      string `json:"seed"`
	Steps     string `json:"steps"`
	CFG       string `json:"cfg"`
	Sampler   string `json:"sampler"`
	Scheduler string `json:"scheduler"`
	Denoise   string `json:"denoise"`
	Size      string `json:"size"`     // asked for, 1080x1920; the take knows its real one
	Duration  string `json:"duration"` // asked for, in seconds
	Ratio     string `json:"ratio"`    // 9:16
	Mode      string `json:"mode"`     // std, pro …
	TaskID    string `json:"task_id"`  // the service's own
	Cost      Money  `json:"cost"`
}

// Money is an amount in 1/10,000 of its currency, or credits in 1/100 with currency "credit".
type Money struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"` // CNY, USD, credit; empty: not known
}

// Source says where a field came from and how sure it is.
type Source struct {
	From      string `json:"from"`      // file, beside, tool, typed
	Record    string `json:"record"`    // png:parameters, mp4:mdta.prompt …
	Certainty string `json:"certainty"` // exact, derived, guess
}

// typedSources marks every field that somebody typed.
func typedSources(g Generation) map[string]Source {
	out := map[string]Source{}
	for name, v := range generationFields(&g) {
		if *v != "" {
			out[name] = Source{From: "typed", Certainty: "exact"}
		}
	}
	if g.Cost.Amount != 0 {
		out["cost"] = Source{From: "typed", Certainty: "exact"}
	}
	return out
}

// generationFields names the text fields as the wire does.
func generationFields(g *Generation) map[string]*string {
	return map[string]*string{"service": &g.Service, "model": &g.Model, "prompt": &g.Prompt, "negative": &g.Negative, "seed": &g.Seed,
		"steps": &g.Steps, "cfg": &g.CFG, "sampler": &g.Sampler, "scheduler": &g.Scheduler, "denoise": &g.Denoise, "size": &g.Size,
		"duration": &g.Duration, "ratio": &g.Ratio, "mode": &g.Mode, "task_id": &g.TaskID}
}

func cleanGeneration(g *Generation) error {
	var x setter
	for name, v := range generationFields(g) {
		if name == "prompt" || name == "negative" {
			x.prose(name, v, v)
			continue
		}
		x.line(name, v, v)
	}
	if x.err != nil {
		return x.err
	}
	if g.Seed != "" && !wholeNumber(g.Seed) {
		return wrong("seed", "种子只能是整数", "a seed is a whole number")
	}
	return cleanMoney(&g.Cost)
}

func wholeNumber(s string) bool {
	digits := strings.TrimPrefix(s, "-")
	return digits != "" && strings.Trim(digits, "0123456789") == ""
}

func cleanMoney(m *Money) error {
	if m.Amount < 0 || m.Amount > 1e15 {
		return wrong("cost", "费用要大于等于零", "a cost is zero or more")
	}
	if m.Amount == 0 && m.Currency == "" {
		return nil
	}
	if !slices.Contains([]string{"CNY", "USD", "credit"}, m.Currency) {
		return wrong("cost", "币种请选人民币、美元或积分", "the currency is CNY, USD or credit")
	}
	return nil
}

// stackOf is the mark that attempts share when only the seed differs: the first
// 8 bytes of a SHA-256 over prompt, negative and model after NFKC and trimming, in hex. Without a prompt there is none.
func stackOf(g *Generation) string {
	if strings.TrimSpace(g.Prompt) == "" {
		return ""
	}
	h := sha256.New()
	for _, v := range []string{g.Prompt, g.Negative, g.Model} {
		h.Write([]byte(strings.TrimSpace(norm.NFKC.String(v)) + "\x00"))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// restack keeps the mark true after the generation changed.
func (a *Attempt) restack() { a.Stack = stackOf(&a.Generation) }
