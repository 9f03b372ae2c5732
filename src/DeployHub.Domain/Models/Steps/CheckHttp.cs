namespace DeployHub.Domain.Models.Steps;

/// <summary>Asks until the answer is healthy or the time is over.</summary>
/// <param name="Within">How long it may take to become healthy, such as <c>30s</c>.</param>
/// <param name="Every">The pause between two questions.</param>
/// <param name="Url">Begins with http:// or https://.</param>
/// <param name="ExpectStatus">Accepted status codes; empty accepts 200 to 299.</param>
/// <param name="ExpectText">Must occur in the body.</param>
public sealed record CheckHttp(
    string Url, IReadOnlyList<int>? ExpectStatus = null, string? ExpectText = null, string Within = "30s", string Every = "1s") : StepSettings;
