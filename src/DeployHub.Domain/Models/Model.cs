using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models;

/// <summary>A repeatable, organisation-approved way to deploy a class of components (domain §1.4); what it says is in its versions.</summary>
public sealed class Model
{
    /// <summary>It is looked at again at least that often (domain A1).</summary>
    public const int MonthsToReview = 12;

    public const string SlugRule = $"{Key.Rule} So are “sources” and “starters”.";

    private Model() { }

    public ModelId Id { get; private init; }

    /// <summary>Unique, stands in addresses, never changes.</summary>
    public string Slug { get; private init; } = "";

    public string Name { get; private set; } = "";

    public string Purpose { get; private set; } = "";

    public Actor Owner { get; private set; } = Actor.System;

    /// <summary>By when somebody looks whether it is still right.</summary>
    public DateOnly ReviewBy { get; private set; }

    /// <summary>How many versions were ever made. Two drafts or imports at once collide here, so that a number is given once.</summary>
    public int LatestNumber { get; private set; }

    /// <summary>Number of the version that was published last; 0 before the first. Who publishes at the same time collides here, so that one is in use.</summary>
    public int CurrentNumber { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public static Model Create(ModelContent content, Actor by, DateTimeOffset at) => Plan(content.Model, content.Name, content.Purpose, by, at);

    public static Model Plan(string slug, string name, string purpose, Actor by, DateTimeOffset at) =>
        new() { Id = ModelId.New(), Slug = slug, Name = name, Purpose = purpose, Owner = by, CreatedAt = at, ReviewBy = LatestReview(at) };

    /// <summary>Stands in addresses, some of which are taken by what stands beside models.</summary>
    public static bool IsSlug(string? text) => Key.IsValid(text) && text is not ("sources" or "starters");

    /// <summary>Publishes the content as the next version, which names the model from now on. The caller deprecates the version it replaces.</summary>
    /// <param name="origin">The commit that says so; null when the content came otherwise.</param>
    public ModelVersion Import(ModelContent content, string yaml, string releaseNote, Actor by, DateTimeOffset at, ModelOrigin? origin = null)
    {
        Name = content.Name;
        Purpose = content.Purpose;
        CurrentNumber = ++LatestNumber;
        return ModelVersion.Import(Id, LatestNumber, content, yaml, releaseNote, by, at, origin);
    }

    /// <summary>Begins the next version. Refused with <c>model.draft-open</c> while another one is neither published nor discarded.</summary>
    /// <param name="open">The version that is open now.</param>
    /// <param name="basis">Number of the version that the text was taken from.</param>
    public Result<ModelVersion> Draft(ModelVersion? open, int? basis, ModelIntent intent, string yaml, ModelContent? content, Actor by, DateTimeOffset at) =>
        open is not null ? ModelErrors.DraftOpen(open.Number) : ModelVersion.Draft(Id, ++LatestNumber, basis, intent, yaml, content, by, at);

    /// <summary>Publishes a tested version, which names the model from now on, and deprecates the one that it replaces.</summary>
    public Result Publish(
        ModelVersion version, ModelVersion? replaced, string changeReference, string releaseNote, IReadOnlyList<PlanMigration> decisions, IReadOnlyList<string> openPlans,
        Actor by, DateTimeOffset at)
    {
        var published = version.Publish(changeReference, releaseNote, CurrentNumber, decisions, openPlans, by, at);
        if (published.Error is not null) return published;

        (Name, Purpose, CurrentNumber) = (version.Content.Name, version.Content.Purpose, version.Number);
        return replaced?.Supersede(version.Number, by, at) ?? Result.Success;
    }

    /// <summary>Who answers for it and when it is looked at again. Refused with <c>model.review-too-late</c> for more than twelve months from now.</summary>
    public Result Entrust(Actor owner, DateOnly reviewBy, DateTimeOffset at)
    {
        if (reviewBy > LatestReview(at) || reviewBy < DateOnly.FromDateTime(at.UtcDateTime)) return ModelErrors.ReviewOutside(LatestReview(at));

        (Owner, ReviewBy) = (owner, reviewBy);
        return Result.Success;
    }

    private static DateOnly LatestReview(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime).AddMonths(MonthsToReview);
}
