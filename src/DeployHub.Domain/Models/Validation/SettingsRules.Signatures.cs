using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    internal static IEnumerable<(string, string, string)> Signature(CheckSignature signature) =>
    [
        .. When(!IsRelative(signature.Signature), "signature", "must be a path in the artefact's store, such as {path}.minisig: relative and without “..”."),
        .. When(signature.Signature == "{path}" && signature.Checksums is null, "signature", "{path} alone is the artefact itself: only a clear-signed checksum file holds its own signature. Write {path}.minisig or {path}.asc, or name the file in checksums."),
        .. When(signature.Checksums is { } checksums && (!IsRelative(checksums) || checksums.Replace("{path}", "", StringComparison.Ordinal).Contains('/', StringComparison.Ordinal)), "checksums", "must be a file in the artefact's folder, such as SHA256SUMS: relative and without “..”."),
        .. TrustedKeys(signature.Keys),
        .. Patterns(signature.WeakPatterns()),
    ];

    internal static IEnumerable<(string, string, string)> Provenance(CheckProvenance check) =>
    [
        .. Beside("provenance", check.Provenance),
        .. When(!IsFilledLater(check.Provenance) && check.Provenance == "{path}", "provenance", "{path} alone is the artefact itself: write where its provenance lies, such as {path}.intoto.jsonl."),
        .. When(check.Builders.Count == 0, "builders", "name at least one builder: whoever signs may say of anything that he built it."),
        .. TrustedKeys(check.Keys),
        .. Patterns(check.WeakPatterns()),
    ];

    private static IEnumerable<(string, string, string)> TrustedKeys(IReadOnlyList<string>? keys) =>
    [
        .. When(keys is { Count: 0 }, "keys", "names at least one trusted key; leave it out for every one that may sign for the service."),
        .. When(keys?.All(Key.IsValid) == false, "keys", "names trusted keys as they are registered, such as release-2027: written out, not filled in by a run."),
    ];

    private static IEnumerable<(string, string, string)> Patterns(IEnumerable<(string Member, string Sentence)> weak) => weak.Select(pattern => ("model.setting", pattern.Member, pattern.Sentence));
}
