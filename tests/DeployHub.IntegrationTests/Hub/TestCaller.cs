using DeployHub.Features.Access;
using Mediator;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.IntegrationTests.Hub;

/// <summary>Sends messages as somebody, each in a scope of its own, as a request would.</summary>
public sealed class TestCaller(IServiceProvider services, Func<Caller, Task> signIn)
{
    public async Task<T> Send<T>(ICommand<T> command)
    {
        await using var scope = await ScopeAsync();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(command);
    }

    public async Task<T> Send<T>(IQuery<T> query)
    {
        await using var scope = await ScopeAsync();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(query);
    }

    private async Task<AsyncServiceScope> ScopeAsync()
    {
        var scope = services.CreateAsyncScope();
        await signIn(scope.ServiceProvider.GetRequiredService<Caller>());
        return scope;
    }
}
