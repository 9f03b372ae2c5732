using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.ValueStream.Incidents;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.ValueStream.Incidents;

/// <summary>
/// Says what is known of an incident now, whether it is new or known: its tool sends this whenever something changes. Deployments around its start are
/// suspected. Saying the same again changes nothing.
/// </summary>
/// <param name="Reference">As its tool calls it, such as <c>INC-77</c>.</param>
/// <param name="Source">Key of the tool; null for the incident that has none, else the only one of that reference, else a new one without a tool.</param>
/// <param name="Severity">From 1, the gravest, to 4.</param>
/// <param name="Service">Key of the service that suffers.</param>
/// <param name="Environment">Key of the environment; null for live ones.</param>
/// <param name="StartedAt">Null for what was said before, else for now.</param>
/// <param name="ResolvedAt">When it was over; null says nothing about that.</param>
/// <param name="Address">Where it is kept in its tool.</param>
[Requires(Permission.ReportIncidents)]
public sealed record ReportIncident(
    string Reference, string? Source, string Title, int Severity, string Service, string? Environment = null, DateTimeOffset? StartedAt = null, DateTimeOffset? ResolvedAt = null, string? Address = null)
    : ICommand<Result<ReportIncident.Reported>>
{
    /// <param name="Reference">In capital letters.</param>
    /// <param name="IsNew">Nobody had reported it before.</param>
    /// <param name="Undecided">How many deployments are suspected and not decided about.</param>
    public sealed record Reported(string Reference, string Source, bool IsNew, int Undecided);

    internal sealed class Validator : AbstractValidator<ReportIncident>
    {
        public Validator()
        {
            RuleFor(command => command.Reference).IsIncident();
            RuleFor(command => command.Source).IsSourceOrNothing();
            RuleFor(command => command.Title).IsName();
            RuleFor(command => command.Severity).InclusiveBetween(1, 4).WithMessage("A severity lies between 1, the gravest, and 4.");
            RuleFor(command => command.Service).NotEmpty().WithMessage("Say which service suffers.");
            RuleFor(command => command.Address).IsLinkOrNothing();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ReportIncident, Result<Reported>>
    {
        public async ValueTask<Result<Reported>> Handle(ReportIncident command, CancellationToken cancellationToken)
        {
            var service = await db.Services.AsNoTracking().SingleOrDefaultAsync(service => service.Key == command.Service, cancellationToken);
            if (service is null) return InventoryErrors.Unknown("service", "Service", command.Service);
            var environment = await db.Environments.AsNoTracking().SingleOrDefaultAsync(environment => environment.Key == command.Environment, cancellationToken);
            if (environment is null && command.Environment is not null) return InventoryErrors.Unknown("environment", "Environment", command.Environment);
            if (caller.RefusalAround(Permission.ReportIncidents, service.Key, environment?.Key) is { } outOfReach) return outOfReach;

            await OneAtATimeAsync(command.Reference, cancellationToken);
            var found = await db.FindIncidentAsync(command.Reference, command.Source, cancellationToken);
            if (found.Error is { Kind: not ErrorKind.NotFound } ambiguous) return ambiguous;

            var (at, known) = (clock.GetUtcNow(), found.Error is null ? found.Value : null);
            if (known is not null && caller.RefusalAround(Permission.ReportIncidents, await db.ServiceOfAsync(known, cancellationToken)) is { } notTheirs) return notTheirs;

            var facts = new IncidentFacts(
                command.Title.Trim(), command.Severity, service.Id, environment?.Id, command.StartedAt?.ToUniversalTime() ?? known?.StartedAt ?? at, Given(command.Address));
            return await KeepAsync(command, known, facts, at, cancellationToken);
        }

        private async Task<Result<Reported>> KeepAsync(ReportIncident command, Incident? known, IncidentFacts facts, DateTimeOffset at, CancellationToken cancellationToken)
        {
            var described = known is null ? Incident.Report(command.Reference, Given(command.Source) ?? Incident.OwnSource, facts, caller.Actor, at) : known;
            if (described.Error is { } refusal) return refusal;

            var incident = described.Value;
            if (known is not null && known.Describe(facts, at).Error is { } objection) return objection;
            if (command.ResolvedAt is { } over && incident.Resolve(over.ToUniversalTime(), caller.Actor, at).Error is { } tooEarly) return tooEarly;

            if (known is null) db.Incidents.Add(incident);
            await db.MatchAsync(incident, at, cancellationToken);
            return new Reported(incident.Reference, incident.Source, known is null, incident.Links.Count(link => link.Attribution is Attribution.Suspected));
        }

        /// <summary>A tool may send the same twice at once.</summary>
        private Task<int> OneAtATimeAsync(string reference, CancellationToken cancellationToken)
        {
            var key = $"incident {Incident.Written(reference)}";
            return db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext({key}))", cancellationToken);
        }

        private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }
}
