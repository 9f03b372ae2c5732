using System.Reflection;
using DeployHub.Features;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Sources;
using DeployHub.Features.Pipeline;
using DeployHub.Features.Runs;
using DeployHub.Web.Api;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace DeployHub.UnitTests.Api;

/// <summary>What people can do, programs can do: every command has exactly one endpoint.</summary>
public sealed class ApiParityTests : IAsyncDisposable
{
    private readonly WebApplication _app = Build();

    [Fact]
    public void Every_command_is_named_by_exactly_one_endpoint()
    {
        var named = Endpoints().Select(endpoint => endpoint.Metadata.GetMetadata<DeployHub.Web.Api.Endpoints.SendsCommand>()?.Command).OfType<Type>().ToList();

        Commands().Except(named).Select(command => command.Name).ShouldBeEmpty();
        named.GroupBy(command => command).Where(endpoints => endpoints.Count() > 1).Select(endpoints => endpoints.Key.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Every_endpoint_has_a_name_of_its_own() =>
        Endpoints().Select(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName).ShouldBeUnique();

    [Fact]
    public void No_endpoint_of_the_API_is_open_to_everybody_but_those_for_reports_and_pushes_that_bring_their_own_proof() =>
        Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName).ShouldBe([nameof(ReportStep), nameof(ReportPush)], ignoreOrder: true);

    /// <summary>Accepting a one-time link happens before anybody is signed in, on a page only; a report brings its own proof.</summary>
    private static IEnumerable<Type> Commands() =>
        typeof(DeployHubDb).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IBaseCommand)))
            .Where(type => type.GetCustomAttribute<RequiresNoSignInAttribute>() is null);

    private IEnumerable<RouteEndpoint> Endpoints() =>
        ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith(DeployHub.Web.Api.Api.Prefix, StringComparison.Ordinal))
            .Where(endpoint => endpoint.Order == 0); // not the answer to everything else

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddDeployHubFeatures("Host=nowhere").AddApi();
        var app = builder.Build();
        app.MapApi();
        return app;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
