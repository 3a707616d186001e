"""The rules: what is counted, how it is judged, who may see it. Pure and typed; no Streamlit, no Great Expectations."""
