package studio_test

import (
	"encoding/json"
	"strings"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

func TestBlindTakesTellNobody(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	operator := studiotest.Person(t, h.Studio, h.admin, "secret-operator", studio.Member, x.TitleID, studio.RoleOperator)
	row, err := h.LogFile(ctx, operator, x.ID, "secret-file.png", strings.NewReader(string(picture(t, 1, "一条蛇\nSteps: 20, Sampler: secret-sampler, CFG scale: 7, Seed: 42, Size: 512x768, Model: secret-model"))))
	must(t, row, err)
	_, err = h.EditAttempt(ctx, h.admin, row.Attempt.ID, row.Attempt.Rev, studio.AttemptEdit{Cost: &studio.Money{Amount: 777777, Currency: "CNY"}})
	must(t, 0, err)
	must(t, 0, h.Spoil(ctx, row.Attempt.ID, func(a *studio.Attempt) {
		a.Prompt, a.Negative, a.Seed, a.Size, a.Duration, a.Ratio = "一条蛇", "模糊", "42", "512x768", "5", "9:16"
		for _, f := range []*string{&a.Service, &a.Model, &a.TaskID, &a.Mode, &a.Steps, &a.CFG, &a.Sampler, &a.Scheduler, &a.Denoise} {
			*f = "secret"
		}
		a.Params = map[string]string{"secret": "secret"}
	}))
	must(t, 0, h.SpoilTake(ctx, row.Takes[0].ID, func(k *studio.Take) {
		k.Generator = "secret"
		k.Label = &studio.Label{Value: "1", Producer: "secret", ProduceID: "secret", Propagator: "secret", PropagateID: "secret", Source: "secret"}
		k.Claim = &studio.Claim{Generator: "secret", Software: "secret", Actions: []string{"secret"}, SourceType: "trainedAlgorithmicMedia", Source: "secret"}
	}))
	must(t, 0, errOf(h.Judge(ctx, operator, studio.VerdictIn{Takes: []string{row.Takes[0].ID}, Verdict: ptr(studio.Usable), Stars: ptr(4)})))
	open := takesOf(t, h, x.ID)[0]
	if open.OperatorName != "secret-operator" || open.Take.File != "secret-file.png" || open.Generation.Cost.Amount != 777777 || open.Take.JudgedBy == "" {
		t.Fatalf("there is nothing to hide: %+v", open)
	}
	rows, err := h.Takes(ctx, h.admin, x.ID, true)
	r := must(t, rows, err)[0]
	b, err := json.Marshal(rows)
	for _, word := range []string{"secret", operator.Person.ID, "777777"} {
		if strings.Contains(string(must(t, b, err)), word) {
			t.Errorf("%s is told: %s", word, b)
		}
	}
	if g := r.Generation; g.Prompt != "一条蛇" || g.Negative != "模糊" || g.Seed != "42" || g.Size != "512x768" || g.Duration != "5" || g.Ratio != "9:16" {
		t.Errorf("what was asked for is gone: %+v", g)
	}
	k := r.Take
	if k.ID != open.Take.ID || k.Number != 1 || k.AttemptID == "" || r.AttemptNumber != 1 || k.Media.SHA256 != open.Take.Media.SHA256 || k.Media.Width != 2 || k.Verdict != studio.Usable || k.Stars != 4 ||
		k.Label.Value != "1" || k.Claim.SourceType != "trainedAlgorithmicMedia" || k.Rev != open.Take.Rev {
		t.Errorf("too much is left out: %+v", k)
	}
}
