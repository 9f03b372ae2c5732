using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Find;

/// <summary>Whatever carries this text in its number, key, label, name or title: a few of each kind, the closest first.</summary>
public sealed record FindAnything(string Text) : IQuery<IReadOnlyList<FindAnything.Hit>>
{
    public enum Kind
    {
        Deployment,
        Service,
        Component,
        ComponentVersion,
        Environment,
        Target,
        Model,
        UnmanagedDeployment,
        Improvement,
        Review,
        Campaign,
        Window,
        Freeze,
        FreezeException,
        Block,
        Incident,

        /// <summary>Only for whoever may see partners.</summary>
        Organisation,

        /// <summary>Only for whoever gives people roles or qualifications.</summary>
        Person,
    }

    /// <param name="Key">What names it in an address: number, key, label, slug.</param>
    /// <param name="Within">Key of what it belongs to, where its own key is not enough.</param>
    public sealed record Hit(Kind Kind, string Key, string? Within, string Name);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<FindAnything, IReadOnlyList<Hit>>
    {
        private const int Each = 5;

        public async ValueTask<IReadOnlyList<Hit>> Handle(FindAnything query, CancellationToken cancellationToken)
        {
            if (Like.Containing(query.Text) is not { } pattern) return [];
            var rows = await Deployments(pattern).Concat(Services(pattern)).Concat(Components(pattern)).Concat(Versions(pattern))
                .Concat(Environments(pattern)).Concat(Targets(pattern)).Concat(Models(pattern)).Concat(Unmanaged(pattern)).Concat(Improvements(pattern)).Concat(Reviews(pattern)).Concat(Campaigns(pattern))
                .Concat(Windows(pattern)).Concat(Freezes(pattern)).Concat(Exceptions(pattern)).Concat(Blocks(pattern)).Concat(Incidents(pattern)).Concat(Organisations(pattern)).Concat(People(pattern))
                .ToListAsync(cancellationToken);

            var text = query.Text.Trim();
            return [.. rows
                .OrderBy(row => row.Key.Equals(text, StringComparison.OrdinalIgnoreCase) ? 0 : row.Key.StartsWith(text, StringComparison.OrdinalIgnoreCase) ? 1 : 2)
                .ThenBy(row => row.Kind)
                .Select(row => new Hit((Kind)row.Kind, row.Key, row.Within, row.Name))];
        }

        private IQueryable<Row> Deployments(string pattern) =>
            db.Deployments.Where(d => EF.Functions.ILike(d.Number, pattern) || EF.Functions.ILike(d.Title, pattern))
                .OrderByDescending(d => d.Number).Take(Each).Select(d => new Row { Kind = (int)Kind.Deployment, Key = d.Number, Within = null, Name = d.Title });

        private IQueryable<Row> Services(string pattern) =>
            db.Services.Where(s => EF.Functions.ILike(s.Key, pattern) || EF.Functions.ILike(s.Name, pattern))
                .OrderBy(s => s.Key).Take(Each).Select(s => new Row { Kind = (int)Kind.Service, Key = s.Key, Within = null, Name = s.Name });

        private IQueryable<Row> Components(string pattern) =>
            db.Components.Where(c => EF.Functions.ILike(c.Key, pattern) || EF.Functions.ILike(c.Name, pattern))
                .OrderBy(c => c.Key).Take(Each).Select(c => new Row { Kind = (int)Kind.Component, Key = c.Key, Within = null, Name = c.Name });

        private IQueryable<Row> Versions(string pattern) =>
            db.ComponentVersions.Join(db.Components, v => v.ComponentId, c => c.Id, (v, c) => new { v.Label, v.RegisteredAt, c.Key, c.Name })
                .Where(v => EF.Functions.ILike(v.Label, pattern) || EF.Functions.ILike(v.Name + " " + v.Label, pattern) || EF.Functions.ILike(v.Key + " " + v.Label, pattern))
                .OrderByDescending(v => v.RegisteredAt).Take(Each).Select(v => new Row { Kind = (int)Kind.ComponentVersion, Key = v.Label, Within = v.Key, Name = v.Name + " " + v.Label });

        private IQueryable<Row> Environments(string pattern) =>
            db.Environments.Where(e => EF.Functions.ILike(e.Key, pattern) || EF.Functions.ILike(e.Name, pattern))
                .OrderBy(e => e.Key).Take(Each).Select(e => new Row { Kind = (int)Kind.Environment, Key = e.Key, Within = null, Name = e.Name });

        private IQueryable<Row> Targets(string pattern) =>
            db.Targets.Where(t => EF.Functions.ILike(t.Name, pattern))
                .Join(db.Environments, t => t.EnvironmentId, e => e.Id, (t, e) => new { Target = t.Name, e.Key, e.Name })
                .OrderBy(t => t.Target).Take(Each).Select(t => new Row { Kind = (int)Kind.Target, Key = t.Target, Within = t.Key, Name = t.Target + " in " + t.Name });

        private IQueryable<Row> Models(string pattern) =>
            db.Models.Where(m => EF.Functions.ILike(m.Slug, pattern) || EF.Functions.ILike(m.Name, pattern))
                .OrderBy(m => m.Slug).Take(Each).Select(m => new Row { Kind = (int)Kind.Model, Key = m.Slug, Within = null, Name = m.Name });

        private IQueryable<Row> Unmanaged(string pattern) =>
            db.UnmanagedDeployments.Where(u => EF.Functions.ILike(u.Number, pattern))
                .Join(db.Components, u => u.ComponentId, c => c.Id, (u, c) => new { u.Number, u.Observed, c.Key })
                .OrderByDescending(u => u.Number).Take(Each).Select(u => new Row { Kind = (int)Kind.UnmanagedDeployment, Key = u.Number, Within = null, Name = u.Key + " " + u.Observed });

        private IQueryable<Row> Improvements(string pattern) =>
            db.Improvements.Where(i => EF.Functions.ILike(i.Number, pattern) || EF.Functions.ILike(i.Title, pattern))
                .OrderByDescending(i => i.Number).Take(Each).Select(i => new Row { Kind = (int)Kind.Improvement, Key = i.Number, Within = null, Name = i.Title });

        private IQueryable<Row> Reviews(string pattern) =>
            db.Reviews.Where(r => EF.Functions.ILike(r.Number, pattern))
                .Join(db.Models, r => r.ModelId, m => m.Id, (r, m) => new { r.Number, m.Name })
                .OrderByDescending(r => r.Number).Take(Each).Select(r => new Row { Kind = (int)Kind.Review, Key = r.Number, Within = null, Name = r.Name });

        private IQueryable<Row> Campaigns(string pattern) =>
            db.Campaigns.Where(c => EF.Functions.ILike(c.Number, pattern) || EF.Functions.ILike(c.Title, pattern))
                .OrderByDescending(c => c.Number).Take(Each).Select(c => new Row { Kind = (int)Kind.Campaign, Key = c.Number, Within = null, Name = c.Title });

        private IQueryable<Row> Windows(string pattern) =>
            db.Windows.Where(w => EF.Functions.ILike(w.Number, pattern) || EF.Functions.ILike(w.Name, pattern))
                .OrderByDescending(w => w.Number).Take(Each).Select(w => new Row { Kind = (int)Kind.Window, Key = w.Number, Within = null, Name = w.Name });

        private IQueryable<Row> Freezes(string pattern) =>
            db.Freezes.Where(f => EF.Functions.ILike(f.Number, pattern) || EF.Functions.ILike(f.Name, pattern))
                .OrderByDescending(f => f.Number).Take(Each).Select(f => new Row { Kind = (int)Kind.Freeze, Key = f.Number, Within = null, Name = f.Name });

        private IQueryable<Row> Exceptions(string pattern) =>
            db.FreezeExceptions.Where(e => EF.Functions.ILike(e.Number, pattern))
                .Join(db.Deployments, e => e.DeploymentId, d => d.Id, (e, d) => new { e.Number, Deployment = d.Number })
                .OrderByDescending(e => e.Number).Take(Each).Select(e => new Row { Kind = (int)Kind.FreezeException, Key = e.Number, Within = null, Name = "for " + e.Deployment });

        private IQueryable<Row> Blocks(string pattern) =>
            db.Blocks.Where(b => EF.Functions.ILike(b.Key, pattern) || EF.Functions.ILike(b.Name, pattern))
                .OrderBy(b => b.Key).Take(Each).Select(b => new Row { Kind = (int)Kind.Block, Key = b.Key, Within = null, Name = b.Name });

        private IQueryable<Row> Incidents(string pattern) =>
            db.Incidents.Where(i => EF.Functions.ILike(i.Reference, pattern) || EF.Functions.ILike(i.Title, pattern))
                .OrderByDescending(i => i.StartedAt).Take(Each).Select(i => new Row { Kind = (int)Kind.Incident, Key = i.Reference, Within = i.Source, Name = i.Title });

        private IQueryable<Row> Organisations(string pattern)
        {
            var mayLook = caller.May(Permission.ViewPartners);
            return db.Organisations.Where(o => mayLook && (EF.Functions.ILike(o.Key, pattern) || EF.Functions.ILike(o.Name, pattern)))
                .OrderBy(o => o.Key).Take(Each).Select(o => new Row { Kind = (int)Kind.Organisation, Key = o.Key, Within = null, Name = o.Name });
        }

        private IQueryable<Row> People(string pattern)
        {
            var (mayGrant, mayLook) = (caller.May(Permission.ManageAccess), caller.May(Permission.ManageAccess) || caller.May(Permission.ManageQualifications));
            return db.Users.Where(p => mayLook && (EF.Functions.ILike(p.DisplayName, pattern) || EF.Functions.ILike(p.Email!, pattern)))
                .OrderBy(p => p.DisplayName).Take(Each).Select(p => new Row { Kind = (int)Kind.Person, Key = p.Email ?? "", Within = mayGrant ? "people" : "qualifications", Name = p.DisplayName });
        }

        private sealed class Row
        {
            public int Kind { get; init; }

            public string Key { get; init; } = "";

            public string? Within { get; init; }

            public string Name { get; init; } = "";
        }
    }
}
