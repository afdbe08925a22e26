namespace Resolver.Archives.Containers;

/// <summary>What is wrong with bytes, in our words. Decompressors of several authors and the runtime's reader of zips
/// throw what they like, and their texts often miss the cause: the runtime calls any damage of gzip an unsupported
/// compression method.</summary>
internal static class CorruptData
{
    /// <summary>A complaint of our own, thrown where callers expect that of a decompressor.</summary>
    /// <param name="message">What is wrong, without the names of the file and of the entry.</param>
    public static InvalidDataException Exception(string message, string code = "archive-corrupt") =>
        new(message, new ContainerException(code, message));

    /// <summary>What is said of another's complaint.</summary>
    /// <param name="verb">What could not be done: <c>decompressed</c>, <c>unpacked</c>.</param>
    public static ContainerException Of(string verb, bool isZip, Exception e) =>
        e.InnerException is ContainerException own
            ? new ContainerException(own.Code, $"it cannot be {verb}: {own.Message}", e)
            : new ContainerException(
                "archive-corrupt",
                $"it cannot be {verb}: its {(isZip ? "directory or data are" : "data are")} corrupt",
                e
            );
}
