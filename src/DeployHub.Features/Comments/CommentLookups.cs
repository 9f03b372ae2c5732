using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Comments;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Comments;

/// <summary>Look-ups that several messages about comments share.</summary>
internal static class CommentLookups
{
    /// <summary>The deployment that the subject belongs to, null for a review; refused where there is no such subject.</summary>
    public static async Task<Result<DeploymentId?>> SubjectAsync(this DeployHubDb db, CommentSubject subject, string key, CancellationToken cancellationToken)
    {
        switch (subject)
        {
            case CommentSubject.Deployment:
                var deployment = await db.Deployments.Where(known => known.Number == key).Select(known => (DeploymentId?)known.Id).SingleOrDefaultAsync(cancellationToken);
                return deployment is null ? Error.NotFound("deployment", key) : Result<DeploymentId?>.Succeeded(deployment);
            case CommentSubject.Halt:
                return await db.HaltAsync(key, cancellationToken);
            default:
                return await db.Reviews.AnyAsync(known => known.Number == key, cancellationToken) ? Result<DeploymentId?>.Succeeded(null) : Error.NotFound("review", key);
        }
    }

    /// <summary>Those whom a text names and who have an account that is open. What is called like nobody is only text.</summary>
    public static async Task<Result<IReadOnlyList<Actor>>> MentionedAsync(this DeployHubDb db, string text, CancellationToken cancellationToken)
    {
        var names = Mention.In(text);
        if (names.Count == 0) return Result<IReadOnlyList<Actor>>.Succeeded([]);
        if (names.Count > Mention.Most) return CommentErrors.TooManyMentions(Mention.Most);

        var people = await db.Users.AsNoTracking().Open().Select(person => new { person.Id, person.DisplayName, Email = person.Email ?? "" }).ToListAsync(cancellationToken);
        List<Actor> mentioned = [];
        foreach (var name in names)
        {
            var called = people.FindAll(person => Mention.StandsFor(name, person.Email));
            if (called.Count > 1) return CommentErrors.SeveralCalled(name, [.. called.Select(person => person.Email).Order(StringComparer.Ordinal)]);
            mentioned.AddRange(called.Select(person => new Actor(person.Id.ToString(), person.DisplayName)));
        }

        return Result<IReadOnlyList<Actor>>.Succeeded([.. mentioned.DistinctBy(person => person.Id)]);
    }

    private static async Task<Result<DeploymentId?>> HaltAsync(this DeployHubDb db, string key, CancellationToken cancellationToken)
    {
        var at = key.LastIndexOf("/H", StringComparison.Ordinal);
        if (at < 0 || !int.TryParse(key.AsSpan(at + 2), out var number)) return Error.NotFound("halt", key);

        var name = key[..at];
        var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(known => known.Name == name, cancellationToken);
        return run?.Halts.Any(halt => halt.Number == number) == true ? Result<DeploymentId?>.Succeeded(run.DeploymentId) : Error.NotFound("halt", key);
    }
}
