using DeployHub.Web.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DeployHub.Web.Pages;

/// <summary>The door for people.</summary>
internal static class Setup
{
    private static readonly string[] ForPrograms = ["/api/v1", "/openapi", "/health", "/live"];

    public static IServiceCollection AddPagesUi(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddRazorPages()
            .AddMvcOptions(FormReading.Configure)
            .AddViewOptions(options => options.HtmlHelperOptions.ClientValidationEnabled = false);
        services.AddProblemDetails();
        services.AddAntiforgery(options => (options.Cookie.Name, options.SuppressXFrameOptionsHeader) = ("deployhub-form", true));
        return services;
    }

    /// <summary>
    /// First in the pipeline: headers for every answer, and words for whatever goes wrong: a page for people, problem details for programs.
    /// </summary>
    public static void UsePagesUi(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseExceptionHandler("/error/500");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseWhen(IsForPrograms, programs =>
        {
            programs.UseExceptionHandler();
            programs.UseStatusCodePages();
        });
    }

    public static void MapPagesUi(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
    }

    /// <summary>The answer is read by a program, not by a person.</summary>
    internal static bool IsForPrograms(HttpContext http) =>
        ForPrograms.Any(start => http.Request.Path.StartsWithSegments(start));
}
