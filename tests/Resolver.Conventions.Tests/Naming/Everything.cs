namespace Resolver.Conventions.Tests.Naming;

/// <summary>Names a type in each place where one can be named.</summary>
[AsAttribute]
internal sealed class Everything : AsBase, AsInterface
{
    private readonly AsField?[] field = new AsField?[1];

    public AsResult? Run(AsParameter parameter) =>
        // The lambda is a class that the compiler nests, and an instruction there is the only trace of the type.
        new[] { parameter }
            .Where(each => each is not null && field.Length == new List<AsArgument>().Count + new AsLocal().Number)
            .Select(_ => (AsResult?)null)
            .FirstOrDefault();
}

[AttributeUsage(AttributeTargets.Class)]
internal sealed class AsAttribute : Attribute;

internal class AsBase;

internal interface AsInterface;

internal sealed class AsField;

internal sealed class AsParameter;

internal sealed class AsResult;

internal sealed class AsArgument;

internal sealed class AsLocal
{
    public int Number { get; } = 1;
}
