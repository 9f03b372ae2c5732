using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Audit;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Audit;

/// <summary>Which controls DeployHub checks by itself, what each expects, and how often it did not hold.</summary>
/// <param name="From">Only what began on this day or later, UTC.</param>
/// <param name="Until">Only what began on this day at the latest, UTC.</param>
public sealed record CountControlExceptions(DateOnly? From = null, DateOnly? Until = null) : IQuery<Result<IReadOnlyList<CountControlExceptions.Row>>>
{
    /// <param name="Open">How many of them nothing has mended yet.</param>
    public sealed record Row(string Check, string Expects, int Exceptions, int Open);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<CountControlExceptions, Result<IReadOnlyList<Row>>>
    {
        public async ValueTask<Result<IReadOnlyList<Row>>> Handle(CountControlExceptions query, CancellationToken cancellationToken)
        {
            if (caller.RefusalOf(Permission.ViewControls) is { } refusal) return refusal;

            var counted = await db.ControlExceptions.Within(query.From, query.Until).GroupBy(exception => exception.Check)
                .Select(of => new { of.Key, All = of.Count(), Open = of.Count(exception => exception.MendedAt == null) }).ToDictionaryAsync(of => of.Key, cancellationToken);
            return Result<IReadOnlyList<Row>>.Succeeded(
                [.. Enum.GetValues<ControlCheck>().Select(check => new Row(check.Id(), check.Expects(), counted.GetValueOrDefault(check)?.All ?? 0, counted.GetValueOrDefault(check)?.Open ?? 0))]);
        }
    }
}
