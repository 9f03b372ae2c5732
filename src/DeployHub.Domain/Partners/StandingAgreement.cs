using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Risks;

namespace DeployHub.Domain.Partners;

/// <summary>What an organisation agreed to in advance, up to a date: such deployments need no answer of their own (M3).</summary>
/// <param name="Number">From 1 within the organisation.</param>
/// <param name="Services">Keys; empty for every service.</param>
/// <param name="Environments">Keys; empty for every environment.</param>
/// <param name="Categories">Empty for every change category.</param>
/// <param name="UpToRisk">The highest risk that it covers.</param>
/// <param name="Until">A deployment that starts later needs an answer of its own.</param>
/// <param name="Document">Where the agreement is written down, such as a contract's number or a link.</param>
public sealed record StandingAgreement(
    int Number, IReadOnlyList<string> Services, IReadOnlyList<string> Environments, IReadOnlyList<ChangeCategory> Categories, RiskBand UpToRisk, DateTimeOffset Until,
    string Document, Actor RecordedBy, DateTimeOffset RecordedAt, Ending? Ended = null)
{
    /// <param name="startsAt">When the deployment is to start; now, for one on demand.</param>
    public bool Covers(string service, string environment, ChangeCategory category, RiskBand risk, DateTimeOffset startsAt) =>
        Ended is null && startsAt < Until && risk <= UpToRisk
        && Holds(Services, service) && Holds(Environments, environment) && Holds(Categories, category);

    private static bool Holds<T>(IReadOnlyList<T> only, T asked) => only.Count == 0 || only.Contains(asked);
}
