using DeployHub.Domain.Insights;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Insights;

/// <summary>The capability levels with what the records show of each now, and what was confirmed last.</summary>
public sealed record ShowCapability : IQuery<ShowCapability.View>
{
    /// <param name="Level">The highest one up to which every row holds; 0 while none does.</param>
    /// <param name="Confirmations">The newest twelve first.</param>
    public sealed record View(int Level, string Name, IReadOnlyList<CapabilityEvidence> Evidence, IReadOnlyList<Confirmation> Confirmations);

    public sealed record Confirmation(int Level, string Note, string By, DateTimeOffset At);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowCapability, View>
    {
        private const int Newest = 12;

        public async ValueTask<View> Handle(ShowCapability query, CancellationToken cancellationToken)
        {
            var evidence = Capability.EvidenceOf(await db.CapabilityFactsAsync(clock.GetUtcNow(), cancellationToken));
            var confirmed = await db.CapabilityConfirmations.AsNoTracking().OrderByDescending(confirmation => confirmation.At).Take(Newest).ToListAsync(cancellationToken);
            var level = Capability.LevelOf(evidence);
            return new View(level, Capability.NameOf(level), evidence, [.. confirmed.Select(confirmation => new Confirmation(confirmation.Level, confirmation.Note, confirmation.By.Name, confirmation.At))]);
        }
    }
}
