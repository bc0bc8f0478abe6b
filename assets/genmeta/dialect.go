package genmeta

import "strings"

// readDialects reads the JSON records by which the generators are known. A record is recognised by its key where that is
// unmistakable, and by its shape everywhere else, so that a pasted or converted record is read as well.
func readDialects(r *Result, s sheet) {
	for _, e := range s {
		if !e.isObj {
			if isPromised(e.key) {
				r.note(NoteUnreadable)
			}
			continue
		}
		var got Result
		st := statement{r: &got, source: e.source}
		switch o := e.obj; {
		case o.has("suiimageparams"):
			st.swarm(o)
		case isNovelAI(e, s):
			st.novelAI(o, s)
		case e.key == "invokeai_metadata" || isInvoke(o):
			st.invoke(o)
		case e.key == "sd-metadata" || o.has("image", "modelweights"):
			st.invokeTwo(o)
		case strings.HasPrefix(o.text("software"), "RuinedFooocus"):
			st.ruinedFooocus(o)
		case isFooocus(e, s):
			st.fooocus(o)
		case e.key == "parameters-json" || o.has("positiveprompt", "modelname", "cfgscale"):
			st.stabilityMatrix(o)
		case e.key == "generation_data" || isTensorArt(o):
			st.tensorArt(o)
		case e.key == "imagemetahub_data" || isMetaHub(o):
			st.metaHub(o)
		case isDrawThingsRecord(o):
			st.drawThings(o)
		case isEasyDiffusion(o):
			st.easyDiffusion(o)
		case isHuggingFace(e):
			st.huggingFace(o)
		}
		r.take(got)
	}
}
