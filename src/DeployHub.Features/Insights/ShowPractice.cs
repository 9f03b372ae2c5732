using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Insights;

/// <summary>Who does what in the practice, which models deploy which services, and which models are due to be looked at again.</summary>
/// <param name="After">The last service's key of the page before; null for the first page.</param>
/// <param name="Limit">Services a page, 1 to 200; 50 unless told.</param>
public sealed record ShowPractice(string? After = null, int? Limit = null) : IQuery<ShowPractice.View>
{
    /// <summary>How many models the matrix has room for: those used most.</summary>
    public const int MostModels = 12;

    /// <param name="Models">Used most in the last 90 days first, at most <see cref="MostModels"/>.</param>
    /// <param name="OtherModels">How many more were used.</param>
    /// <param name="Reviews">Models in order of the day by which they are looked at again, at most 50.</param>
    /// <param name="Next">What to pass as <c>after</c> for the following services; null on the last page.</param>
    public sealed record View(
        IReadOnlyList<RoleRow> Roles, IReadOnlyList<ModelColumn> Models, int OtherModels, IReadOnlyList<ServiceRow> Services, IReadOnlyList<ReviewRow> Reviews, string? Next);

    /// <param name="Holders">How many people and API clients hold it.</param>
    /// <param name="Names">Of at most eight of them.</param>
    public sealed record RoleRow(Role Role, int Holders, IReadOnlyList<string> Names);

    public sealed record ModelColumn(string Slug, string Name);

    /// <param name="Uses">Live deployments that completed in the last 90 days and moved anything of it, by slug of their model.</param>
    /// <param name="Unmanaged">Changes of its components on live environments in that time that no run explains.</param>
    public sealed record ServiceRow(string Key, string Name, IReadOnlyDictionary<string, int> Uses, int Unmanaged);

    public sealed record ReviewRow(string Slug, string Name, string Owner, DateOnly ReviewBy, bool IsOverdue);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowPractice, View>
    {
        private const int MostNames = 8;
        private const int MostReviews = 50;

        public async ValueTask<View> Handle(ShowPractice query, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var services = await ServicesAsync(query, cancellationToken);
            var uses = await UsesAsync(now.AddDays(-ReadCapability.Days), cancellationToken);
            var unmanaged = await UnmanagedAsync(now.AddDays(-ReadCapability.Days), cancellationToken);
            var models = uses.GroupBy(use => (use.Slug, use.Name)).OrderByDescending(model => model.Sum(use => use.Count)).ThenBy(model => model.Key.Slug).ToList();
            var byService = uses.ToLookup(use => use.Service);
            return new View(
                await RolesAsync(cancellationToken),
                [.. models.Take(MostModels).Select(model => new ModelColumn(model.Key.Slug, model.Key.Name))],
                Math.Max(0, models.Count - MostModels),
                [.. services.Rows.Select(service => new ServiceRow(service.Key, service.Name, byService[service.Id].ToDictionary(use => use.Slug, use => use.Count), unmanaged.GetValueOrDefault(service.Id)))],
                await ReviewsAsync(DateOnly.FromDateTime(now.UtcDateTime), cancellationToken),
                services.Next);
        }

        private async Task<IReadOnlyList<RoleRow>> RolesAsync(CancellationToken cancellationToken)
        {
            var held = db.Grants.Where(grant => grant.ConfirmedAt != null && grant.RevokedAt == null);
            var people = await (
                from grant in held
                join person in db.Users on grant.Holder equals person.Id.ToString()
                where person.LockoutEnd == null || person.LockoutEnd < DateTimeOffset.MaxValue
                select new { grant.Role, person.DisplayName, grant.Holder }).Distinct().ToListAsync(cancellationToken);
            var now = clock.GetUtcNow();
            var clients = await db.ApiClients.AsNoTracking().Where(client => client.TargetId == null && client.RevokedAt == null && client.ExpiresAt > now).ToListAsync(cancellationToken);
            var names = clients.ToDictionary(client => client.Id.Value.ToString(), client => client.Name);
            var ids = names.Keys.ToArray();
            var programs = (await held.Where(grant => ids.Contains(grant.Holder)).Select(grant => new { grant.Role, grant.Holder }).Distinct().ToListAsync(cancellationToken))
                .Select(grant => new { grant.Role, DisplayName = names[grant.Holder], grant.Holder });

            var holders = people.Concat(programs).ToLookup(holder => holder.Role, holder => holder.DisplayName);
            return [.. Enum.GetValues<Role>().Select(role => new RoleRow(role, holders[role].Count(), [.. holders[role].Order(StringComparer.CurrentCulture).Take(MostNames)]))];
        }

        private async Task<Page<Found>> ServicesAsync(ShowPractice query, CancellationToken cancellationToken)
        {
            var rows = await db.Services.Where(service => query.After == null || service.Key.CompareTo(query.After) > 0).OrderBy(service => service.Key)
                .Select(service => new Found(service.Id, service.Key, service.Name)).Take(Page.Size(query.Limit) + 1).ToListAsync(cancellationToken);
            return Page.Of(rows, query.Limit, row => row.Key);
        }

        /// <summary>A deployment of several services counts in the row of each.</summary>
        private Task<List<Use>> UsesAsync(DateTimeOffset from, CancellationToken cancellationToken) => (
            from deployment in db.CompletedLive()
            where deployment.CompletedAt >= @from
            from component in db.Components
            where deployment.ComponentIds.Contains((Guid)(object)component.Id)
            join version in db.ModelVersions on deployment.ModelVersionId equals version.Id
            join model in db.Models on version.ModelId equals model.Id
            group deployment.Id by new { component.ServiceId, model.Slug, model.Name } into use
            select new Use(use.Key.ServiceId, use.Key.Slug, use.Key.Name, use.Distinct().Count())).ToListAsync(cancellationToken);

        private Task<Dictionary<ServiceId, int>> UnmanagedAsync(DateTimeOffset from, CancellationToken cancellationToken) => (
            from unmanaged in db.UnexplainedLive(@from)
            join component in db.Components on unmanaged.ComponentId equals component.Id
            group unmanaged by component.ServiceId into service
            select new { service.Key, Count = service.Count() }).ToDictionaryAsync(service => service.Key, service => service.Count, cancellationToken);

        private async Task<IReadOnlyList<ReviewRow>> ReviewsAsync(DateOnly today, CancellationToken cancellationToken)
        {
            var models = await db.Models.AsNoTracking().Where(model => db.ModelVersions.Any(version => version.ModelId == model.Id && version.Status != ModelVersionStatus.Retired && version.Status != ModelVersionStatus.Discarded))
                .OrderBy(model => model.ReviewBy).ThenBy(model => model.Slug).Take(MostReviews).ToListAsync(cancellationToken);
            return [.. models.Select(model => new ReviewRow(model.Slug, model.Name, model.Owner.Name, model.ReviewBy, model.ReviewBy < today))];
        }

        private sealed record Found(ServiceId Id, string Key, string Name);

        private sealed record Use(ServiceId Service, string Slug, string Name, int Count);
    }
}
