using System.Text.RegularExpressions;

namespace DeployHub.Domain.Inventory;

/// <summary>Which package of a feed: <c>left-pad@1.3.0</c>, <c>@shop/web@2.0.0-rc.1</c>, <c>Newtonsoft.Json@13.0.4</c>.</summary>
public sealed partial record PackagePath(string Name, string Version)
{
    public const string Rule = "Write the package and its exact version, such as left-pad@1.3.0 or @shop/web@2.0.0; a range or a tag such as “latest” may lead elsewhere tomorrow.";

    public static Result<PackagePath> Parse(string path)
    {
        var match = Form().Match(path);
        return match.Success
            ? new PackagePath(match.Groups["name"].Value, match.Groups["version"].Value)
            : new Error(ErrorKind.Invalid, "package-path.malformed", Rule);
    }

    [GeneratedRegex(@"^(?<name>(@[A-Za-z0-9][A-Za-z0-9._-]*/)?[A-Za-z0-9_][A-Za-z0-9._-]*)@(?<version>[0-9][0-9A-Za-z.+-]*)\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
