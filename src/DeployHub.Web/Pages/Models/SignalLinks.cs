using DeployHub.Domain.Models.Analysis;

namespace DeployHub.Web.Pages.Models;

/// <summary>Where a signal leads: to what shows it, and to what may come of it.</summary>
internal static class SignalLinks
{
    private const int MostEvidence = 5;

    /// <summary>The deployments and halts behind it.</summary>
    public static string Evidence(string slug, Signal signal) => $"/models/{slug}/analysis/signals/{signal.Code}?version={signal.Version}{Subject(signal)}";

    /// <summary>The form that proposes an improvement, filled with what the signal says.</summary>
    public static string Improvement(string slug, Signal signal) =>
        $"/improvements/new?model={slug}&signal={signal.Code}{Subject(signal)}{string.Concat(signal.Evidence.Take(MostEvidence).Select(number => $"&evidence={number}"))}";

    private static string Subject(Signal signal) => signal.Subject is { } subject ? $"&subject={Uri.EscapeDataString(subject)}" : "";
}
