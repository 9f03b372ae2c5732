using DeployHub.Domain.Access;
using Hangfire;

namespace DeployHub.Web.Hosting;

/// <summary>Hangfire's own pages, for administrators and only to look at: jobs are rings, so there is nothing in them to decide.</summary>
internal static class JobDashboard
{
    private const string Path = "/admin/jobs";

    /// <summary>Before the endpoints: these pages carry inline styles and scripts of their own.</summary>
    public static void UseJobDashboardHeaders(this WebApplication app) => app.UseWhen(http => http.Request.Path.StartsWithSegments(Path), dashboard => dashboard.Use((http, next) =>
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; object-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";
        return next(http);
    }));

    public static void MapJobDashboard(this WebApplication app) => app.MapHangfireDashboard(Path, new DashboardOptions
    {
        Authorization = [], // the policy below decides; without it, Hangfire would let only requests of this machine in
        AppPath = "/admin",
        DashboardTitle = "DeployHub: background jobs",
        DisplayStorageConnectionString = false,
        IsReadOnlyFunc = _ => true,
    }).RequireAuthorization(nameof(Permission.ManageSettings));
}
