using DeployHub.Domain.Models;
using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>A small valid model that tests break in one place.</summary>
internal static class Written
{
    public const string Model = """
        model: small
        name: Small
        purpose: For tests.
        approach: Rolling
        appliesTo:
          kinds: [Software]
        parameters:
          size:
            type: Integer
            default: 2
            mutability: Bounded
            minimum: 1
            maximum: 6
            description: Targets a batch.
        stages:
          verifyComponents:
            - name: Compare
              uses: check-artefacts
          verifyEnvironment:
            - name: Reach
              uses: check-reachable
          execute:
            phases: { batches: "${parameter.size}" }
            failureBudget: 0
            steps:
              - name: Upload
                uses: upload
                with:
                  to: in/package.tar.gz
              - name: Install
                uses: script
                with:
                  command: [sh, install.sh]
                  environment: { PORT: 8080 }
                timeout: 2m
                afterLoss: RunAgain
          verifyDeployment:
            - name: Ask
              uses: check-http
              with:
                url: http://localhost:${target.port}/health
                within: 10s
        rollback:
          method: RedeployPrevious
        """;

    /// <summary>The model with one thing written differently.</summary>
    public static string With(string was, string now)
    {
        Model.ShouldContain(was);
        return Model.Replace(was.ReplaceLineEndings("\n"), now.ReplaceLineEndings("\n"));
    }

    public static ModelContent Content(string yaml = Model)
    {
        var reading = ModelDocument.Read(yaml);
        reading.Content.ShouldNotBeNull(string.Join('\n', reading.Remarks.Select(remark => remark.Full)));
        return reading.Content;
    }

    public static string Shipped(string slug) => File.ReadAllText(Path.Combine(Root, "samples", "models", $"{slug}.yaml"));

    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DeployHub.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
