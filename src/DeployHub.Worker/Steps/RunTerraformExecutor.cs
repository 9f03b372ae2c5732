using System.ComponentModel;
using System.Text;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Steps.Terraform;

namespace DeployHub.Worker.Steps;

/// <summary>Works in a folder of its own for each visit, which holds the plan with its secrets and is gone afterwards.</summary>
internal sealed class RunTerraformExecutor(ArtefactSource source) : StepExecutor<RunTerraform>
{
    protected override async Task<StepOutcome> ExecuteAsync(RunTerraform settings, StepContext context, CancellationToken cancellationToken)
    {
        if (TerraformNames.Refusal(settings) is { } wrong) return wrong;

        var (artefact, fetched) = await source.FetchAsync(context.Version!, settings.Artefact, cancellationToken);
        using var held = fetched;
        if (fetched.Trouble is { } trouble) return new StepOutcome.Failed(trouble.Sentence, trouble.Cause);

        var scratch = Directory.CreateTempSubdirectory("deployhub-terraform-").FullName;
        try
        {
            await Unpacking.IntoAsync(fetched.File!, Path.Combine(scratch, "configuration"), cancellationToken);
            var root = Workplace.Below(scratch, Path.Combine("configuration", settings.Folder ?? "."));
            if (root is null || !Directory.Exists(root)) return new StepOutcome.Failed($"The artefact {artefact!.Name} has no folder {settings.Folder}.", HaltCause.ComponentMissing);

            return await RunAsync(settings, context, new TerraformFolder(settings, context, root, Path.Combine(scratch, "plan")), cancellationToken);
        }
        catch (UnsafeArchiveException unsafeArchive)
        {
            return new StepOutcome.Failed($"The artefact {artefact!.Name} {unsafeArchive.Message}.", HaltCause.ComponentMissing);
        }
        catch (Win32Exception exception)
        {
            return new StepOutcome.Failed($"terraform could not be started on the worker: {exception.Message}", HaltCause.PrerequisiteMissing);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task<StepOutcome> RunAsync(RunTerraform settings, StepContext context, TerraformFolder terraform, CancellationToken cancellationToken)
    {
        if (await terraform.PrepareAsync(makesWorkspace: true, cancellationToken) is { } refusal) return refusal;

        var (plan, changes, cannot) = await terraform.PlanAsync(cancellationToken);
        if (cannot is not null) return cannot;

        var digest = terraform.Digest;
        var evidence = new List<Evidence> { new("Plan", changes ? plan!.Summary : "no changes"), new("Plan file", digest.ToString()) };
        if (plan!.Changes.Count > 0) evidence.Add(new Evidence("Changes", string.Join('\n', plan.Changes.Take(200))));
        if (!settings.AllowDestroy && plan.Destroyed > 0)
            return new StepOutcome.Failed($"The plan for {context.Subject} would destroy {plan.Destroyed} resource(s), and the step does not allow that: {string.Join(", ", plan.Destroys.Take(5))}.", HaltCause.PolicyViolation) { Evidence = evidence };

        if (settings.Action is not TerraformAction.Apply) return new StepOutcome.Succeeded(evidence);
        if (changes && await terraform.ApplyAsync(digest, cancellationToken) is { } failure) return failure with { Evidence = evidence };

        var outputs = await terraform.ReadAsync(["output", "-json", "-no-color"], cancellationToken) is { } json ? Encoding.UTF8.GetString(json) : "{}";
        evidence.AddRange(TerraformPlan.Outputs(outputs).Select(output => new Evidence($"Output {output.Name}", output.Value)));
        return new StepOutcome.Succeeded(evidence) { Outputs = TerraformPlan.Said(outputs).Where(output => settings.OutputNames.Contains(output.Key)).ToDictionary() };
    }
}
