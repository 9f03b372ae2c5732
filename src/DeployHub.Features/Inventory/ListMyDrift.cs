using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;

namespace DeployHub.Features.Inventory;

/// <summary>
/// What owners of environments and deployment managers have to decide about drift (domain Appendix D): another version on a live target one by
/// one, anything else as one line for each environment, and every unmanaged deployment that nobody has explained.
/// </summary>
public sealed record ListMyDrift : IQuery<IReadOnlyList<ListMyDrift.Asked>>
{
    /// <param name="Environment">Key of the environment.</param>
    /// <param name="Sentence">What is asked.</param>
    /// <param name="IsUrgent">It is another version of a component on a live target.</param>
    /// <param name="Since">When the oldest of what it tells of was found.</param>
    /// <param name="Path">Where to decide.</param>
    public sealed record Asked(string Environment, string EnvironmentName, string What, string Sentence, bool IsUrgent, DateTimeOffset Since, string Path);

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : IQueryHandler<ListMyDrift, IReadOnlyList<Asked>>
    {
        public async ValueTask<IReadOnlyList<Asked>> Handle(ListMyDrift query, CancellationToken cancellationToken) => await db.DriftAskedOfAsync(caller, clock.GetUtcNow(), cancellationToken);
    }
}
