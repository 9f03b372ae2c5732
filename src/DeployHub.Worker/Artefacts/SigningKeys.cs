using DeployHub.Domain.Models.Steps;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory.Signing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Worker.Artefacts;

/// <summary>The trusted keys as they are now: one that was revoked a moment ago counts no more.</summary>
internal sealed class SigningKeys(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <param name="component">The key of the component whose artefacts have to be signed.</param>
    /// <param name="identities">Whose certificates count; none unless told.</param>
    /// <param name="only">The keys that count; every one that may sign for the component's service unless told.</param>
    public async Task<Trust> ForAsync(string component, IReadOnlyList<SignerIdentity>? identities, IReadOnlyList<string>? only, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        var service = await (from known in db.Components where known.Key == component join owner in db.Services on known.ServiceId equals owner.Id select owner.Key).SingleAsync(cancellationToken);
        return new Trust(await db.TrustedKeys.AsNoTracking().OrderBy(key => key.Key).ToListAsync(cancellationToken), service, clock.GetUtcNow(), identities ?? []) { Only = only ?? [] };
    }
}
