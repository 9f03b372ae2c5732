using DeployHub.Domain;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>Where a window or a freeze holds. What is not said does not matter; nothing said is the whole organisation.</summary>
public sealed record ScopeInput
{
    /// <summary>Key of an environment.</summary>
    public string? Environment { get; init; }

    /// <summary>Key of a service.</summary>
    public string? Service { get; init; }

    /// <summary>What a target has to have, as <c>name=value</c>.</summary>
    public string? Label { get; init; }

    internal async Task<Result<CalendarScope>> BindAsync(DeployHubDb db, CancellationToken cancellationToken)
    {
        var (environment, service, label) = (Said(Environment), Said(Service), Said(Label));
        if (environment is not null && !await db.Environments.AnyAsync(known => known.Key == environment, cancellationToken))
            return Error.Invalid("scope.environment-unknown", "Scope.Environment", $"There is no environment “{environment}”.");
        if (service is not null && !await db.Services.AnyAsync(known => known.Key == service, cancellationToken))
            return Error.Invalid("scope.service-unknown", "Scope.Service", $"There is no service “{service}”.");
        if (label is null) return new CalendarScope(environment, service);

        return label.Split('=', 2) is [{ Length: > 0 and <= 100 } name, { Length: > 0 and <= 200 } value]
            ? new CalendarScope(environment, service, name.Trim(), value.Trim())
            : Error.Invalid("scope.label-malformed", "Scope.Label", "Write a label of targets as name=value, such as site=berlin.");
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
