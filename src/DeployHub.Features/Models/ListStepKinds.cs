using Mediator;

namespace DeployHub.Features.Models;

/// <summary>Every kind of step and check that a model may use, with what each is told.</summary>
public sealed record ListStepKinds : IQuery<IReadOnlyList<StepCatalogue.Kind>>
{
    internal sealed class Handler : IQueryHandler<ListStepKinds, IReadOnlyList<StepCatalogue.Kind>>
    {
        public ValueTask<IReadOnlyList<StepCatalogue.Kind>> Handle(ListStepKinds query, CancellationToken cancellationToken) => ValueTask.FromResult(StepCatalogue.Kinds);
    }
}
