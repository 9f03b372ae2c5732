using DeployHub.Domain.Models.Steps;
using DeployHub.Worker.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.IntegrationTests.Steps;

public sealed class EveryKindKeepsTheContract
{
    /// <summary>A check may derive it too; its verifier only looks, so less can go wrong.</summary>
    [Fact]
    public void Every_kind_of_step_has_a_class_that_derives_the_contract_and_is_named_after_its_executor()
    {
        var contracts = typeof(ExecutorContract).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ExecutorContract)) && !type.IsAbstract).Select(type => type.Name).ToList();
        var executors = new ServiceCollection().AddStepExecutors().Where(service => service.ServiceType == typeof(IStepExecutor)).Select(service => service.ImplementationType!)
            .Where(executor => !StepKinds.All.Single(kind => kind.Value == executor.BaseType!.GetGenericArguments().Single()).Key.StartsWith("check-", StringComparison.Ordinal));

        executors.Select(executor => $"{executor.Name}Tests").Except(contracts).ShouldBeEmpty("Derive ExecutorContract for each of these.");
    }
}
