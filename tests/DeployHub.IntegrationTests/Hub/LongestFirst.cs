using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace DeployHub.IntegrationTests.Hub;

/// <summary>Takes so long that a suite which comes to it late ends with idle processors.</summary>
/// <param name="seconds">About, on two processors beside other tests.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesLongAttribute(int seconds) : Attribute
{
    public int Seconds => seconds;
}

/// <summary>Begins with what <see cref="TakesLongAttribute"/> marks, the longest first.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly List<(Type Type, int Seconds)> Marked =
    [
        .. from assembly in AppDomain.CurrentDomain.GetAssemblies()
           where assembly.GetName().Name?.StartsWith("DeployHub.", StringComparison.Ordinal) is true
           from type in assembly.GetTypes()
           let mark = type.GetCustomAttribute<TakesLongAttribute>()
           where mark is not null
           select (type, mark.Seconds),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(collection => SecondsOf(collection.TestCollectionDisplayName))];

    /// <summary>A class without a collection is one that is called after it; a named collection is called after its definition.</summary>
    private static int SecondsOf(string collection) =>
        Marked.FirstOrDefault(marked => collection == marked.Type.Name || collection.Contains(marked.Type.FullName!, StringComparison.Ordinal)).Seconds;
}
