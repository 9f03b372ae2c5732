using DeployHub.Features.Data;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Worker;

internal static class Transactions
{
    /// <summary>Does it on a fresh context, and all of it or nothing.</summary>
    /// <param name="act">Gets the context and the moment.</param>
    public static async Task<T> InTransactionAsync<T>(
        this IServiceScopeFactory scopes, TimeProvider clock, Func<DeployHubDb, DateTimeOffset, CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var result = await act(db, clock.GetUtcNow(), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }
}
