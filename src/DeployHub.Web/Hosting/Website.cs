using DeployHub.Web.Access;
using DeployHub.Web.Api;
using DeployHub.Web.Live;
using DeployHub.Web.Pages;

namespace DeployHub.Web.Hosting;

/// <summary>The process that answers HTTP: pages, API and probes.</summary>
internal static class Website
{
    private const string DefaultUrl = "http://localhost:5080";
    private static readonly string[] AddressSettings = ["urls", "http_ports", "https_ports"];

    public static WebApplicationBuilder CreateBuilder(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = arguments,
            ContentRootPath = arguments.Any(argument => argument.StartsWith("--contentRoot", StringComparison.OrdinalIgnoreCase)) ? null : AppContext.BaseDirectory,
        });
        builder.WebHost.UseStaticWebAssets(); // the browser files of a build; a published folder has its own
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        if (!NamesAnAddress(builder.Configuration)) builder.WebHost.UseUrls(DefaultUrl);

        builder.Services.AddHealth();
        builder.Services.AddPagesUi().AddApi();
        builder.AddAccess();
        builder.Services.AddLive();
        return builder;
    }

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.UsePagesUi();
        app.UsePlainAddresses();
        app.UseRouting();
        app.UseAccess();
        app.UseJobDashboardHeaders();
        app.MapHealth();
        app.MapApi();
        app.MapCalendarFeeds();
        app.MapLive();
        app.MapLiveWorkers();
        app.MapPagesUi();
        app.MapJobDashboard();
        return app;
    }

    private static bool NamesAnAddress(ConfigurationManager configuration) =>
        AddressSettings.Any(key => configuration[key] is { Length: > 0 }) || configuration.GetSection("Kestrel:Endpoints").Exists();
}
