namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Reads a configuration item back from a CMDB that answers with JSON, until it says what it must (domain B5). Whatever kind of system keeps it:
/// only an address and what stands in the answer are known.
/// </summary>
/// <param name="Url">Where the item is read, such as <c>https://cmdb.example/api/ci/${target.name}</c>.</param>
/// <param name="Expect">What must stand in the answer: a JSON Pointer such as <c>/result/0/version</c>, and the value there, as text.</param>
/// <param name="Headers">Such as <c>Authorization: Bearer ${secret:cmdb-token}</c>.</param>
/// <param name="Within">How long the CMDB may take to follow.</param>
/// <param name="Every">The pause between two questions.</param>
public sealed record CheckCmdb(
    string Url, IReadOnlyDictionary<string, string> Expect, IReadOnlyDictionary<string, string>? Headers = null, string Within = "30s", string Every = "2s") : StepSettings;
