using System.Text.Json.Serialization;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Models;

/// <summary>Approvals that a model asks for on top of what is asked for everywhere (domain §2.6, A-V9): the strictest of all wins.</summary>
/// <param name="Tier">Of the environments in which it counts.</param>
/// <param name="Category">Of the changes for which it counts.</param>
/// <param name="Qualities">What somebody has to be qualified for, one person each.</param>
/// <param name="AtLeast">How many people have to approve; null for one for each quality.</param>
public sealed record ApprovalDemand(Tier Tier, IReadOnlyList<ApproverQuality> Qualities, ChangeCategory Category = ChangeCategory.Normal, int? AtLeast = null)
{
    public const int MostPeople = 10;

    [JsonIgnore]
    public int People => Math.Max(Qualities.Count, AtLeast ?? 0);

    /// <summary>A slot for each person: the qualities first, and peers for the rest.</summary>
    [JsonIgnore]
    public IReadOnlyList<ApproverQuality> Approvals => [.. Qualities, .. Enumerable.Repeat(ApproverQuality.Peer, People - Qualities.Count)];

    /// <summary>Such as “a normal change in production”.</summary>
    [JsonIgnore]
    public string Case => $"{(Category is ChangeCategory.Emergency ? "an" : "a")} {Words.Of(Category)} change in {Words.Of(Tier)}";

    /// <summary>What a model asks for in one tier and category; nothing where it says nothing.</summary>
    public static IReadOnlyList<ApproverQuality> Of(ModelContent model, Tier tier, ChangeCategory category) =>
        (model.Approvals ?? []).FirstOrDefault(demand => demand.Tier == tier && demand.Category == category)?.Approvals ?? [];
}

/// <summary>What an environment asks for by itself, as far as a model may not fall short of it (A-V9).</summary>
/// <param name="Environment">Its name.</param>
public sealed record TierPolicy(string Environment, Tier Tier, int MinimumApprovals);
