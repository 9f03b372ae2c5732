using DeployHub.Web.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DeployHub.Web.Pages;

/// <summary>The door for people.</summary>
internal static class Setup
{
    public static IServiceCollection AddPagesUi(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddRazorPages();
        services.AddAntiforgery(options => (options.Cookie.Name, options.SuppressXFrameOptionsHeader) = ("deployhub-form", true));
        return services;
    }

    /// <summary>First in the pipeline: headers for every answer, and a readable page for what goes wrong outside the API.</summary>
    public static void UsePagesUi(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseWhen(http => !http.Request.Path.StartsWithSegments("/api"), pages =>
        {
            pages.UseExceptionHandler("/error/500");
            pages.UseStatusCodePagesWithReExecute("/error/{0}");
        });
    }

    public static void MapPagesUi(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapRazorPages().WithStaticAssets();
    }
}
