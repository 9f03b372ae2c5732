namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Opens a page as a visitor would, without a browser: it answers, says what it must, and what it links to and needs on its own site answers,
/// too. Scripts are not run.
/// </summary>
/// <param name="Url">Begins with http:// or https://. At most five redirects are followed.</param>
/// <param name="ExpectStatus">Accepted status codes; empty accepts 200 to 299.</param>
/// <param name="Title">Must occur in the page's title.</param>
/// <param name="Must">Texts that must stand on the page, as a visitor reads them: without mark-up, any white space as one space.</param>
/// <param name="MustNot">Texts that must not stand there, such as <c>Internal Server Error</c>.</param>
/// <param name="Assets">How many style sheets, scripts and pictures of the same site are asked for at most, from 0 to 100.</param>
/// <param name="Links">How many links to pages of the same site are asked for at most, from 0 to 100.</param>
/// <param name="Within">How long it may take until all is well.</param>
/// <param name="Every">The pause between two looks.</param>
public sealed record CheckPage(
    string Url, IReadOnlyList<int>? ExpectStatus = null, string? Title = null, IReadOnlyList<string>? Must = null, IReadOnlyList<string>? MustNot = null,
    int Assets = 20, int Links = 0, string Within = "30s", string Every = "2s") : StepSettings;
