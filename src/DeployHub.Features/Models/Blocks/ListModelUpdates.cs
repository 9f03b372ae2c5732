using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Comparing;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Notation;
using Mediator;

namespace DeployHub.Features.Models.Blocks;

/// <summary>Later versions of the blocks that a model uses, and of the model that it extends, each with what taking it over would change, in words.</summary>
public sealed record ListModelUpdates(string Slug) : IQuery<Result<ListModelUpdates.View>>
{
    /// <param name="Version">Number of the version whose text was looked at: the one that is being made, else the one in use.</param>
    /// <param name="Status">Only a draft, or a version after the one in use, takes one over.</param>
    public sealed record View(int Version, ModelVersionStatus Status, IReadOnlyList<Proposal> Proposals);

    /// <param name="Name">Key of the block, or slug of the model that is extended.</param>
    /// <param name="From">The version that is named now; the earliest where several are.</param>
    /// <param name="To">The newest that is published.</param>
    /// <param name="ReleaseNote">What was said of that one when it was published.</param>
    /// <param name="Changes">What the model would do otherwise; empty when it would do the same, and while one of the two texts has errors.</param>
    /// <param name="Errors">What would have to be written besides, such as what a new parameter is given.</param>
    /// <param name="CanBeWritten">False where the text has to be changed by hand.</param>
    public sealed record Proposal(BuildingPart Part, string Name, int From, int To, string ReleaseNote, IReadOnlyList<ModelChange> Changes, IReadOnlyList<string> Errors, bool CanBeWritten);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ListModelUpdates, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ListModelUpdates query, CancellationToken cancellationToken)
        {
            var found = await db.UpdatedVersionAsync(query.Slug, cancellationToken);
            if (found.Error is { } unknown) return unknown;

            var (version, proposals) = (found.Value.Version, new List<Proposal>());
            version.ReadAnew((await db.ReadModelAsync(version.Yaml, query.Slug, DocumentFormat.Yaml, cancellationToken)).Content);
            foreach (var (part, from, to) in await db.LaterAsync(LibraryNames.In(version.Yaml), cancellationToken))
                proposals.Add(await ProposalAsync(version, part, from, to, cancellationToken));
            return new View(version.Number, version.Status, proposals);
        }

        private async Task<Proposal> ProposalAsync(ModelVersion version, BuildingPart part, Pin from, Pin to, CancellationToken cancellationToken)
        {
            var note = part is BuildingPart.Block
                ? (await db.FindBlockVersionAsync(to.Name, to.Version, cancellationToken)).Value.ReleaseNote
                : (await db.FindModelVersionAsync(to.Name, to.Version, cancellationToken)).Value.ReleaseNote;
            var proposal = new Proposal(part, to.Name, from.Version, to.Version, note, [], [], CanBeWritten: false);
            if (LibraryNames.Moved(version.Yaml, to, part is BuildingPart.Block) is not { } moved) return proposal;

            var reading = await db.ReadModelAsync(moved, null, DocumentFormat.Yaml, cancellationToken);
            var changes = Changes(version.ReadableBy(caller).Content, reading.Content, version);
            return proposal with { Changes = changes, Errors = [.. reading.Errors.Select(error => error.Full)], CanBeWritten = true };
        }

        /// <summary>As much as this person may read of both.</summary>
        private static IReadOnlyList<ModelChange> Changes(ModelContent? was, ModelContent? now, ModelVersion version) =>
            was is null || now is null ? [] : ModelComparison.Of(was, ReferenceEquals(was, version.Said) ? now : now.WithoutRightAnswers());
    }
}
