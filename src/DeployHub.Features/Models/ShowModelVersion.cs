using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Domain.Models.InWords;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Analysis;
using DeployHub.Features.Models.Blocks;
using DeployHub.Features.Models.Notation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>One edition of a model: what it says, as it was written, what was shown of it, and what happened to it.</summary>
public sealed record ShowModelVersion(string Slug, int Number) : IQuery<Result<ShowModelVersion.View>>
{
    /// <param name="Content">Null while a draft has errors.</param>
    /// <param name="Yaml">As people wrote it, comments and all.</param>
    /// <param name="Basis">The version that it began with.</param>
    /// <param name="Editors">Who wrote at it, the last one at the end.</param>
    /// <param name="History">Every move, oldest first.</param>
    /// <param name="RowVersion">What a change sends back as <c>Seen</c>; the API's <c>ETag</c>.</param>
    public sealed record View(
        string Slug, string Name, int Number, ModelVersionStatus Status, Digest Digest, [property: JsonIgnore] ModelContent? Content, [property: JsonIgnore] string Yaml,
        string ReleaseNote, string CreatedBy, DateTimeOffset CreatedAt, string? PublishedBy, DateTimeOffset? PublishedAt, ModelIntent? Intent, int? Basis, IReadOnlyList<string> Editors,
        Publication? Publication, IReadOnlyList<Move> History, [property: JsonIgnore] uint RowVersion)
    {
        /// <summary>What it does, in plain sentences.</summary>
        public IReadOnlyList<string> Summary => Content is { } content ? ModelInWords.Summary(content) : [];

        /// <summary>The model document; null while it has errors.</summary>
        public JsonObject? Document => Content is { } content ? ModelDocument.Json(content) : null;

        /// <summary>The commit whose text it took last; null when its text never came from Git.</summary>
        public ModelOrigin? Origin { get; init; }

        /// <summary>Whether nobody edited it here since it came from Git; null when it never did.</summary>
        public bool? IsAsInGit { get; init; }

        /// <summary>What there is to say of a draft's text, in its order.</summary>
        public IReadOnlyList<PlacedRemark> Remarks { get; init; } = [];

        /// <summary>Other models with the same approach for some of the same things (domain A1).</summary>
        public IReadOnlyList<string> Overlaps { get; init; } = [];

        /// <summary>Null for a draft, and for a version that was imported.</summary>
        public Testing? Tested { get; init; }

        /// <summary>Plans with an earlier version that a publication has to decide about; empty unless it is tested.</summary>
        public IReadOnlyList<OpenPlan> OpenPlans { get; init; } = [];

        /// <summary>Whether the model's figures suffice for what the version is pre-authorised for (A-V13), a warning where they do not; null where it is for nothing.</summary>
        public StandardUse? Standard { get; init; }

        /// <summary>How long its steps took in live runs; empty while none succeeded.</summary>
        public IReadOnlyList<TimedStep> Steps { get; init; } = [];
    }

    public sealed record Move(ModelVersionTrigger What, string By, DateTimeOffset At, string Reason);

    /// <param name="Required">What has to be shown, each with its latest rehearsal.</param>
    /// <param name="Missing">What is missing still, each in a sentence.</param>
    /// <param name="ApprovedBy">The second person who agreed to its publication; null before.</param>
    public sealed record Testing(IReadOnlyList<RequiredCase> Required, IReadOnlyList<Rehearsal> Rehearsals, IReadOnlyList<string> Missing, string? ApprovedBy)
    {
        /// <summary>Names of those who may agree to its publication (SOD-5), at most five and then how many more; null unless it waits for that, empty when there is nobody.</summary>
        public string? SecondPeople { get; init; }

        /// <summary>The caller is one of them.</summary>
        public bool AsksCaller { get; init; }
    }

    /// <param name="Good">It passed with this text, lately enough.</param>
    public sealed record RequiredCase(RehearsalCase Case, Rehearsal? Latest, bool Good);

    public sealed record OpenPlan(string Deployment, string Title, int Version);

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : IQueryHandler<ShowModelVersion, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowModelVersion query, CancellationToken cancellationToken)
        {
            var found = await db.VersionsOf(query.Slug).AsNoTracking().Where(version => version.Number == query.Number)
                .Select(version => new { Version = version, RowVersion = EF.Property<uint>(version, "Version") }).SingleOrDefaultAsync(cancellationToken);
            if (found is null) return ModelErrors.VersionNotFound(query.Slug, query.Number);

            var version = found.Version;
            var reading = version.Status is ModelVersionStatus.Draft || version.Said is null ? await db.ReadModelAsync(version.Yaml, query.Slug, DocumentFormat.Yaml, cancellationToken) : null;
            version.ReadAnew(reading?.Content);
            var model = await db.Models.AsNoTracking().SingleAsync(model => model.Id == version.ModelId, cancellationToken);
            var (content, yaml) = version.ReadableBy(caller);
            return new View(
                query.Slug, version.Said?.Name ?? model.Name, version.Number, version.Status, version.Digest, content, yaml, version.ReleaseNote, version.CreatedBy.Name, version.CreatedAt,
                version.PublishedBy?.Name, version.PublishedAt, version.Intent, version.Basis, [.. version.Editors.Select(editor => editor.Name)], version.Publication,
                [.. version.History.Select(move => new Move(move.Move, move.By.Full, move.At, move.Reason))], found.RowVersion)
            {
                Origin = version.Origin,
                IsAsInGit = version.Origin is null ? null : version.IsAsItCame,
                Remarks = yaml.Length > 0 ? reading?.Remarks ?? [] : [],
                Overlaps = version is { IsOpen: true, Said: { } said } ? await OverlapsAsync(said, cancellationToken) : [],
                Tested = version.Said is null || (version.Rehearsals.Count == 0 && version.Status is not (ModelVersionStatus.InTest or ModelVersionStatus.Tested)) ? null : await TestingOfAsync(version, cancellationToken),
                OpenPlans = version.Status is ModelVersionStatus.Tested ? await OpenPlansAsync(model.Id, cancellationToken) : [],
                Standard = version.Said?.PreAuthorised is null ? null : await db.StandardUseAsync(model.Id, clock.GetUtcNow(), cancellationToken),
                Steps = version.PublishedAt is null ? [] : TimedStep.From(await db.SampleStepsAsync([version.Id], SampledSteps.ForTimings, cancellationToken)),
            };
        }

        private async Task<Testing> TestingOfAsync(ModelVersion version, CancellationToken cancellationToken)
        {
            var at = clock.GetUtcNow();
            var testing = new Testing(
                [.. Rehearsal.RequiredOf(version.Content).Select(required => new RequiredCase(required, version.LatestOf(required), version.LatestOf(required)?.IsGoodAt(at) is true))],
                version.Rehearsals, version.Status is ModelVersionStatus.InTest ? version.MissingOfTests(at) : [], version.Approval?.By.Name);
            return !version.AwaitsApproval ? testing : testing with
            {
                SecondPeople = SecondPeople.InWords(await db.NamesOfSecondPeopleAsync(version, cancellationToken)),
                AsksCaller = caller.RefusalOf(Permission.ApproveModels) is null && version.RefusalToApprove(caller.Roles.Contains(Role.DeploymentManager), caller.Actor) is null,
            };
        }

        private async Task<IReadOnlyList<string>> OverlapsAsync(ModelContent content, CancellationToken cancellationToken) =>
        [
            .. (await db.ModelVersions.AsNoTracking().Where(version => version.Status == ModelVersionStatus.Published).ToListAsync(cancellationToken))
                .Where(other => other.Content.Model != content.Model && other.Content.Approach == content.Approach && other.Content.AppliesTo.Overlaps(content.AppliesTo))
                .Select(other => other.Content.Model).Order(StringComparer.Ordinal),
        ];

        private async Task<IReadOnlyList<OpenPlan>> OpenPlansAsync(ModelId model, CancellationToken cancellationToken) =>
            [.. (await db.PlansToDecideAsync(model, cancellationToken)).Select(plan => new OpenPlan(plan.Number, plan.Title, plan.Plan.ModelVersion))];
    }
}
