namespace Resolver.Packaging.Tags;

/// <summary>The release of Python that tags are made for.</summary>
/// <param name="Major">Such as 3.</param>
/// <param name="Minor">Such as 12; null where only the major number is known.</param>
public readonly record struct PythonRelease(int Major, int? Minor)
{
    /// <summary>Both numbers without a dot, as tags write them: <c>312</c>.</summary>
    public override string ToString() => $"{Major}{Minor}";
}
