using DeployHub.Domain.Models.Measuring;

namespace DeployHub.Domain.Insights;

/// <summary>What the records say about the practice: the evidence of domain §0.4, counted.</summary>
/// <param name="Records">Deployments that have completed, ever.</param>
/// <param name="Managers">People who are deployment managers.</param>
/// <param name="Practitioners">People who are deployment practitioners.</param>
/// <param name="Environments">Registered ones.</param>
/// <param name="Planned">Production deployments of the last 90 days with a plan and a record, of all that were seen there: unmanaged ones have neither (M2).</param>
/// <param name="FromModels">Live deployments of the last 90 days that a published model version did, of all that were seen there: adoption (M2).</param>
/// <param name="TestedVersions">Model versions that were used in the last 90 days and passed testing before they were published, of all that were used.</param>
/// <param name="AnalysedModels">Models used in the last 90 days whose records were analysed within them, of all that were used for longer than that.</param>
/// <param name="Evaluated">Improvements that were evaluated with a measured effect in each of the last four quarters that are over, the newest first.</param>
public sealed record CapabilityFacts(
    int Records, int Managers, int Practitioners, int Environments, Proportion Planned, Proportion FromModels, Proportion TestedVersions, Proportion AnalysedModels, IReadOnlyList<int> Evaluated);
