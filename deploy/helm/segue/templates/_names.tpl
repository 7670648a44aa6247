{{- define "segue.name" -}}
{{- printf "%s" .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{- define "segue.labels" -}}
app.kubernetes.io/name: segue
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "segue.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{- define "segue.claim" -}}
{{ .Values.library.existingClaim | default (include "segue.name" .) }}
{{- end -}}

{{- define "segue.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "segue.security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{- define "segue.secretEnv" -}}
{{- if .Values.secrets.database }}
- name: SEGUE_DATABASE_URL_FILE
  value: /run/secrets/segue/database-url
{{- end }}
{{- if .Values.secrets.metrics }}
- name: SEGUE_METRICS_TOKEN_FILE
  value: /run/secrets/segue/metrics-token
{{- end }}
{{- end -}}

{{- define "segue.mounts" -}}
- {name: library, mountPath: /data}
- {name: tmp, mountPath: /tmp}
{{- if .Values.secrets.name }}
- {name: secrets, mountPath: /run/secrets/segue, readOnly: true}
{{- end }}
{{- end -}}

{{- define "segue.volumes" -}}
- name: library
  persistentVolumeClaim: {claimName: {{ include "segue.claim" . }}}
- name: tmp
  emptyDir: {sizeLimit: 2Gi}
{{- if .Values.secrets.name }}
- name: secrets
  secret:
    secretName: {{ .Values.secrets.name }}
    defaultMode: 0440
{{- end }}
{{- end -}}

{{- define "segue.placement" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
