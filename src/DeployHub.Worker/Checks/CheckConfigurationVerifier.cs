using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Models.Validation;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Steps;
using DeployHub.Worker.Steps.Configuration;
using Json.Schema;

namespace DeployHub.Worker.Checks;

/// <summary>Looks at every artefact, so that all findings are known at once. Says where something stands and never what.</summary>
internal sealed class CheckConfigurationVerifier(ArtefactSource source) : StepExecutor<CheckConfiguration>
{
    private const int MostBytes = 10 * 1024 * 1024;
    private const int MostSchemaBytes = 1024 * 1024;

    protected override async Task<StepOutcome> ExecuteAsync(CheckConfiguration settings, StepContext context, CancellationToken cancellationToken)
    {
        var (artefacts, unknown) = context.Version!.ArtefactsToLookAt(settings.Artefact, "check-configuration");
        if (unknown is not null) return new StepOutcome.Failed(unknown.Sentence, unknown.Cause);

        var findings = new ArtefactFindings(context.Log);
        foreach (var artefact in artefacts) await LookAsync(settings, artefact, findings, cancellationToken);
        return findings.Outcome();
    }

    private async Task LookAsync(CheckConfiguration settings, Artefact artefact, ArtefactFindings findings, CancellationToken cancellationToken)
    {
        using var fetched = await source.FetchAsync(artefact, cancellationToken);
        if (fetched.Trouble is { } trouble)
        {
            findings.Breach(trouble);
            return;
        }

        if (await ReadAsync(artefact, fetched.File!, findings, cancellationToken) is not { } values) return;

        findings.Show(artefact.Name, Words.Count(values.Texts.Count, "text"));
        foreach (var value in values.Texts.Where(value => !settings.IsReference(value.Text) && !settings.IsHarmless(value.Path)))
            if (PlainSecrets.In(value.Name, value.Text) is not null)
                Breach($"holds what looks like a secret in clear at {value.Path}: let the configuration name the secret, and say in references how that is written, or in harmless that it is none");
        if (settings.SchemaFor(artefact.Path) is { } path) await CompareAsync(artefact, path, values, findings, cancellationToken);

        void Breach(string what) => findings.Breach(new ArtefactTrouble(HaltCause.PolicyViolation, $"{artefact.Name} {what}."));
    }

    private static async Task<ConfigurationValues?> ReadAsync(Artefact artefact, string file, ArtefactFindings findings, CancellationToken cancellationToken)
    {
        var format = ConfiguredFile.FormatOf(artefact.Path);
        if (format is null || new FileInfo(file).Length > MostBytes)
        {
            findings.Unclear($"{artefact.Name} ({artefact.Path}) is no configuration that is known here: a .json, .yaml, .xml, .properties or .env file of at most {MostBytes / 1024 / 1024} MiB. Name in artefact the one to look at.");
            return null;
        }

        try
        {
            return ConfigurationValues.Read(format.Value, FileText.Read(await File.ReadAllBytesAsync(file, cancellationToken), FileEncoding.Utf8, format.Value).Text);
        }
        catch (UneditableException malformed)
        {
            findings.Breach(new ArtefactTrouble(HaltCause.PolicyViolation, $"{artefact.Name} {malformed.Message}: mend it and register a new version."));
            return null;
        }
    }

    private async Task CompareAsync(Artefact artefact, string path, ConfigurationValues values, ArtefactFindings findings, CancellationToken cancellationToken)
    {
        var (bytes, trouble) = await source.ReadBesideAsync(artefact, path, MostSchemaBytes, cancellationToken);
        if (trouble is not null || bytes is null)
        {
            findings.Breach(trouble is not null ? trouble with { Cause = HaltCause.TestEvidenceMissing } : new ArtefactTrouble(HaltCause.TestEvidenceMissing, $"{artefact.Store} holds no schema {path} for the artefact {artefact.Name}. Put it there, or correct the path in the model."));
            return;
        }

        try
        {
            Compare(artefact, path, bytes, values, findings);
        }
        catch (RegexMatchTimeoutException)
        {
            findings.Unclear($"A pattern of {path} takes too long to compare with {artefact.Name}, so nobody can tell whether it is valid: write it more simply in {artefact.Store}.");
        }
    }

    private static void Compare(Artefact artefact, string path, byte[] bytes, ConfigurationValues values, ArtefactFindings findings)
    {
        if (values.Tree is null) findings.Unclear($"{artefact.Name} is not one document of JSON or YAML, so no schema can tell whether it is valid.");
        else if (Faults(bytes, values.Tree) is not { } faults) findings.Breach(new ArtefactTrouble(HaltCause.TestEvidenceMissing, $"{path} is no JSON Schema that can be read. Correct it in {artefact.Store}."));
        else
        {
            findings.Show($"{artefact.Name}: schema", $"{path}, {Digest.OfBytes(bytes)}");
            foreach (var place in faults) findings.Breach(new ArtefactTrouble(HaltCause.PolicyViolation, $"{artefact.Name} is not valid by {path} at {place}: correct it and register a new version."));
        }
    }

    /// <summary>Where it is not valid and by which keywords; null when the schema cannot be read.</summary>
    private static List<string>? Faults(byte[] schema, JsonNode tree)
    {
        try
        {
            var result = JsonSchema.FromText(Encoding.UTF8.GetString(schema)).Evaluate(tree, new EvaluationOptions { OutputFormat = OutputFormat.List });
            return result.IsValid ? [] : Faults(result);
        }
        catch (Exception exception) when (exception is JsonException or JsonSchemaException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>At least one. A keyword such as <c>not</c> gives no message, so that the place in the schema has to do.</summary>
    private static List<string> Faults(EvaluationResults result)
    {
        var details = (result.Details ?? []).ToList();
        List<string> told = [.. details.Where(detail => detail.Errors is { Count: > 0 }).Select(detail => $"{Place(detail)} ({string.Join(", ", detail.Errors!.Keys)})").Distinct()];
        return told.Count > 0 ? told : [.. details.Where(detail => !detail.IsValid).Select(detail => $"{Place(detail)}{(detail.EvaluationPath.ToString() is { Length: > 0 } rule ? $" (by {rule})" : "")}").DefaultIfEmpty("its root").Distinct()];
    }

    private static string Place(EvaluationResults detail) => detail.InstanceLocation.ToString() is { Length: > 0 } place ? place : "its root";
}
