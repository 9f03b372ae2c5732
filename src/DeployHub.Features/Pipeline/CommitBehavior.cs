using DeployHub.Domain;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DeployHub.Features.Pipeline;

/// <summary>Saves what a successful command changed, once and whole, and nothing of a refused one.</summary>
internal sealed class CommitBehavior<TCommand, TResult>(DeployHubDb db) : IPipelineBehavior<TCommand, TResult>
    where TCommand : IBaseCommand
    where TResult : IFailable<TResult>
{
    public async ValueTask<TResult> Handle(TCommand command, MessageHandlerDelegate<TCommand, TResult> next, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var result = await next(command, cancellationToken);
            if (result.Error is { } refusal) return Refuse(refusal);

            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            db.AfterCommit.Run();
            return result;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refuse(Conflicts.ChangedMeanwhile);
        }
        catch (DbUpdateException exception) when (RulesInTheDatabase.Broken(exception) is { } rule)
        {
            return Refuse(rule);
        }
        catch (Exception exception) when ((exception.InnerException ?? exception) is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected })
        {
            return Refuse(Conflicts.ChangedMeanwhile);
        }
    }

    /// <summary>A page may go on reading in this scope; it must not see what was refused.</summary>
    private TResult Refuse(Error refusal)
    {
        db.ChangeTracker.Clear();
        return TResult.Failed(refusal);
    }
}
