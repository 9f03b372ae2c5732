using DeployHub.Domain;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>The bytes of one evidence file, as they were attached.</summary>
/// <param name="Digest">As the step's evidence names it, <c>sha256:…</c>.</param>
public sealed record ShowEvidence(string Run, string Digest) : IQuery<Result<ShowEvidence.File>>
{
    public sealed record File(string Name, byte[] Content);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowEvidence, Result<File>>
    {
        public async ValueTask<Result<File>> Handle(ShowEvidence query, CancellationToken cancellationToken)
        {
            if (Domain.Digest.Parse(query.Digest) is not { Error: null } digest) return Error.NotFound("evidence", query.Digest);

            var found = await db.StoredEvidence
                .Where(stored => stored.Digest == digest.Value && db.Runs.Any(run => run.Id == stored.RunId && run.Name == query.Run))
                .Select(stored => new File(stored.Name, stored.Content)).FirstOrDefaultAsync(cancellationToken);
            return found is null ? Error.NotFound("evidence", query.Digest) : found;
        }
    }
}
