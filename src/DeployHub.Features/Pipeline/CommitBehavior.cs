using DeployHub.Domain;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DeployHub.Features.Pipeline;

/// <summary>
/// Saves what a successful command changed, once and whole, and nothing of a refused one. A command that meets another write in the
/// same moment is tried again on what is there by then, as if it had come a moment later: whoever had looked at something before
/// sends what they saw, and the command itself refuses when that is another by now (<see cref="Conflicts.ChangedSince"/>).
/// </summary>
internal sealed class CommitBehavior<TCommand, TResult>(DeployHubDb db) : IPipelineBehavior<TCommand, TResult>
    where TCommand : IBaseCommand
    where TResult : IFailable<TResult>
{
    private static readonly int MostTries = typeof(TCommand).IsDefined(typeof(TriedOnceAttribute), inherit: false) ? 1 : 3;

    public async ValueTask<TResult> Handle(TCommand command, MessageHandlerDelegate<TCommand, TResult> next, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await TryAsync(command, next, cancellationToken);
            }
            catch (Exception exception) when (IsConflict(exception))
            {
                var refused = Refuse(Conflicts.ChangedMeanwhile);
                if (tries == MostTries) return refused;
            }
            catch (DbUpdateException exception) when (RulesInTheDatabase.Broken(exception) is { } rule)
            {
                return Refuse(rule);
            }
        }
    }

    private async Task<TResult> TryAsync(TCommand command, MessageHandlerDelegate<TCommand, TResult> next, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var result = await next(command, cancellationToken);
        if (result.Error is { } refusal) return Refuse(refusal);

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.AfterCommit.Run();
        return result;
    }

    private static bool IsConflict(Exception exception) =>
        exception is DbUpdateConcurrencyException
        || (exception is DbUpdateException update && RulesInTheDatabase.Broken(update) == Conflicts.ChangedMeanwhile)
        || (exception.InnerException ?? exception) is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    /// <summary>A page may go on reading in this scope; neither it nor another try may see what was refused, or ring for it.</summary>
    private TResult Refuse(Error refusal)
    {
        db.ChangeTracker.Clear();
        db.AfterCommit.Forget();
        return TResult.Failed(refusal);
    }
}
