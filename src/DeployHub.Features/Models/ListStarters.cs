using System.Text.Json.Serialization;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using Mediator;

namespace DeployHub.Features.Models;

/// <summary>The models that ship with DeployHub, to begin with, by approach.</summary>
/// <param name="Kind">Only those for components of this kind.</param>
/// <param name="Approach">Only those of this approach.</param>
public sealed record ListStarters(ComponentKind? Kind = null, Approach? Approach = null) : IQuery<IReadOnlyList<ListStarters.Row>>
{
    /// <param name="Starter">What a new model is told to begin with it.</param>
    /// <param name="Summary">What it does, in a sentence.</param>
    /// <param name="UseWhen">Completes “Use it when”.</param>
    /// <param name="AvoidWhen">Completes “Avoid it when”.</param>
    /// <param name="Needs">What has to be there before anything is planned with it.</param>
    public sealed record Row(
        string Slug, string Starter, string Name, string Purpose, Approach Approach, IReadOnlyList<ComponentKind> Kinds, string Summary, string UseWhen, string AvoidWhen,
        IReadOnlyList<string> Needs, [property: JsonIgnore] ModelContent Content)
    {
        internal static Row Of(Starter starter) => new(
            starter.Slug, starter.Reference, starter.Name, starter.Purpose, starter.Approach, starter.Kinds, starter.Summary,
            starter.UseWhen, starter.AvoidWhen, starter.Needs, starter.Content);
    }

    internal sealed class Handler : IQueryHandler<ListStarters, IReadOnlyList<Row>>
    {
        public ValueTask<IReadOnlyList<Row>> Handle(ListStarters query, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<Row>>([.. Starters.All.Where(starter => Fits(starter, query)).Select(Row.Of)]);

        private static bool Fits(Starter starter, ListStarters query) =>
            (query.Kind is not { } kind || starter.Kinds.Contains(kind)) && (query.Approach is null || starter.Approach == query.Approach);
    }
}
