using System.Reflection;
using System.Runtime.CompilerServices;
using DeployHub.Domain;
using DeployHub.Domain.Models.Steps;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using DeployHub.Worker.Steps;
using FluentValidation;
using Mediator;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.UnitTests;

/// <summary>The walls of the house.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Domain = typeof(Result).Assembly;
    private static readonly Assembly Features = typeof(DeployHubDb).Assembly;
    private static readonly Assembly Web = typeof(Program).Assembly;
    private static readonly Assembly Cli = typeof(DeployHub.Cli.ExitCode).Assembly;

    [Fact]
    public void The_domain_knows_only_the_base_library() =>
        References(Domain).ShouldAllBe(name => name.StartsWith("System."));

    [Fact]
    public void Features_do_not_know_how_they_are_reached() =>
        References(Features)
            .Where(name => name != "Microsoft.AspNetCore.Identity.EntityFrameworkCore") // tables only, no HTTP
            .ShouldNotContain(name => name.StartsWith("Microsoft.AspNetCore") || name == "DeployHub.Web" || name == "DeployHub.Worker");

    [Fact]
    public void Pages_and_endpoints_only_send_messages() =>
        Web.GetTypes().Where(Uses<DeployHubDb>).Select(type => type.FullName).ShouldBeEmpty();

    [Fact]
    public void Only_the_program_names_the_worker() =>
        Directory.EnumerateFiles(SourceOf("DeployHub.Web"), "*.cs*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("node_modules") && File.ReadAllText(file).Contains("DeployHub.Worker"))
            .Select(Path.GetFileName)
            .ShouldBe(["DeployHub.Web.csproj", "Program.cs"], ignoreOrder: true);

    [Fact]
    public void The_command_line_talks_REST_only()
    {
        File.ReadAllText(Path.Combine(SourceOf("DeployHub.Cli"), "DeployHub.Cli.csproj")).ShouldNotContain("ProjectReference");
        References(Cli).ShouldAllBe(name => name.StartsWith("System."));
    }

    [Fact]
    public void Every_command_answers_with_a_result_so_that_no_pipeline_behaviour_skips_it() =>
        Commands().Where(command => !IsFailable(ResponseOf(command))).ShouldBeEmpty();

    [Fact]
    public void Every_command_carries_its_validator() =>
        Commands().Where(command => !command.GetNestedTypes(BindingFlags.NonPublic).Any(nested => nested.IsAssignableTo(typeof(IValidator)))).ShouldBeEmpty();

    [Fact]
    public void Every_command_says_which_permission_it_needs_or_that_it_needs_none() =>
        Commands().Where(command => command.GetCustomAttribute<RequiresAttribute>() is null && command.GetCustomAttribute<RequiresNoSignInAttribute>() is null)
            .ShouldBeEmpty();

    [Fact]
    public void What_brings_a_stream_is_tried_once_because_it_is_read_by_then() =>
        Commands().Where(command => command.GetProperties().Any(property => property.PropertyType.IsAssignableTo(typeof(Stream))) && !command.IsDefined(typeof(TriedOnceAttribute))).ShouldBeEmpty();

    [Fact]
    public void Every_kind_of_step_has_exactly_one_executor()
    {
        var handled = new ServiceCollection().AddStepExecutors()
            .Where(service => service.ServiceType == typeof(IStepExecutor))
            .Select(service => service.ImplementationType!.BaseType!.GetGenericArguments().Single());

        handled.ShouldBe(Domain.GetTypes().Where(type => type.IsSubclassOf(typeof(StepSettings)) && !type.IsAbstract), ignoreOrder: true);
    }

    [Fact]
    public void No_type_hides_behind_a_word_that_means_nothing() =>
        new[] { Domain, Features, Web, Cli }.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Namespace?.StartsWith("DeployHub") == true && !type.Name.Contains('<') && !type.Namespace.Contains("Migrations"))
            .Where(type => !type.IsAssignableTo(typeof(IMessage))) // RegisterService is a sentence about the glossary's service
            .Where(type => !type.Name.EndsWith("TagHelper")) // the framework's word for an element of ours
            .Where(type => Forbidden.Any(ending => type.Name.EndsWith(ending) && type.Name != ending))
            .Select(type => type.FullName)
            .ShouldBeEmpty();

    private static string SourceOf(string project, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../src", project);

    private static readonly string[] Forbidden = ["Service", "Manager", "Helper", "Util", "Utils", "Processor", "Info", "Repository", "Dto"];

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static IEnumerable<Type> Commands() => Features.GetTypes().Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IBaseCommand)));

    private static Type ResponseOf(Type command) =>
        command.GetInterfaces().Single(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(ICommand<>)).GetGenericArguments()[0];

    private static bool IsFailable(Type response) =>
        response.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IFailable<>));

    private static bool Uses<T>(Type type) =>
        type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Any(parameter => parameter.ParameterType == typeof(T))
        || type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public).SelectMany(method => method.GetParameters()).Any(parameter => parameter.ParameterType == typeof(T));
}
