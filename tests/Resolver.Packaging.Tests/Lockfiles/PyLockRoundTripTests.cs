using CsCheck;
using Resolver.Packaging.Lockfiles;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Toml;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Tests.Lockfiles;

/// <summary>What is written is read back, and written again with the same bytes.</summary>
public sealed class PyLockRoundTripTests
{
    // Every character that TOML can hold, awkward ones often.
    private static readonly Gen<string> Text = Gen.OneOf(
            Gen.Char["abz.-_ \"'\\\n\r\t\u007f\u0001#=[]{}é\u2028"],
            Gen.Char['\u0020', '\ud7ff']
        )
        .Array[0, 12]
        .Select(chars => new string(chars));

    private static readonly Gen<string> Key = Gen.OneOf(Text, Gen.String[Gen.Char["ab-_1"], 1, 5]);

    private static readonly Gen<string> Digest = Gen.String[Gen.Char["0123456789abcdef"], 1, 20];

    private static readonly Gen<IReadOnlyList<KeyValuePair<string, string>>> Hashes = Gen.Dictionary(
            Gen.OneOf("md5", "sha256", "sha512"),
            Digest
        )[1, 3]
        .Select(d => (IReadOnlyList<KeyValuePair<string, string>>)[.. d.OrderBy(h => h.Key, StringComparer.Ordinal)]);

    private static readonly Gen<DateTimeOffset?> Time = Gen.Long[0, DateTime.MaxValue.Ticks]
        .Nullable()
        .Select(t => t is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : default(DateTimeOffset?));

    private static readonly Gen<TomlNode> Scalar = Gen.OneOf<TomlNode>(
        Text.Select(t => (TomlNode)new TomlText(t)),
        Gen.Long.Select(i => (TomlNode)new TomlInteger(i)),
        Gen.Double.Select(d => (TomlNode)new TomlFloat(d)),
        Gen.Bool.Select(b => (TomlNode)new TomlBoolean(b)),
        Gen.Const((TomlNode)new TomlDateTime("2025-01-01T00:00:00Z", true))
    );

    private static readonly Gen<TomlTable> Flat = Gen.Dictionary(Key, Scalar)[0, 4].Select(d => new TomlTable(d));

    private static readonly Gen<TomlTable> Tool = Gen.Dictionary(
            Key,
            Gen.OneOf(
                Scalar,
                Flat.Select(t => (TomlNode)t),
                Scalar.Array[0, 3].Select(a => (TomlNode)new TomlArray(a, false)),
                Flat.Array[0, 2].Select(a => (TomlNode)new TomlArray(a, false))
            )
        )[0, 4]
        .Select(d => new TomlTable(d));

    private static readonly Gen<string> FileName = Gen.OneOf(
        "x-1.0-py3-none-any.whl",
        "x-1.0-1-cp311-cp311-linux_x86_64.whl"
    );

    private static readonly Gen<LockedFile> Wheel = Gen.Select(
        FileName,
        Time,
        Text.Null(),
        Gen.Long[0, long.MaxValue].Nullable(),
        Hashes,
        (name, time, url, size, hashes) =>
            new LockedFile
            {
                Name = name,
                UploadTime = time,
                Url = url,
                Path = "p/x",
                Size = size,
                Hashes = hashes,
            }
    );

    private static readonly Gen<Marker?> MarkerText = Gen.OneOf(
            "sys_platform == 'linux'",
            "python_version < '3.9' and ('a' in extras or 'b' in dependency_groups)"
        )
        .Null()
        .Select(m => m is null ? null : Marker.Parse(m));

    private static readonly Gen<LockedPackage> Package = Gen.Select(
            Gen.Const("x"),
            MarkerText,
            Gen.Int[0, 3],
            Wheel,
            Wheel.Array[0, 3],
            Flat.Array[0, 2].Null(),
            Tool.Null(),
            Text
        )
        .Select(
            (name, marker, source, file, wheels, identities, tool, text) =>
            {
                var package = new LockedPackage
                {
                    Name = PackageName.Parse(name),
                    Marker = marker,
                    Tool = tool,
                    AttestationIdentities = identities
                        ?.Select(t => new TomlTable([
                            new("kind", new TomlText(text)),
                            .. t.Entries.Where(e => e.Key != "kind"),
                        ]))
                        .ToList(),
                    Dependencies = identities
                        ?.Select(t => new TomlTable([
                            new("name", new TomlText(name)),
                            .. t.Entries.Where(e => e.Key != "name"),
                        ]))
                        .ToList(),
                };
                return source switch
                {
                    0 => package with
                    {
                        VersionControl = new LockedVersionControl("git", "u" + text, null, text, text, "s"),
                    },
                    1 => package with
                    {
                        Directory = new LockedDirectory(text, text.Length > 3 ? text.Length > 5 : null, null),
                    },
                    2 => package with
                    {
                        Version = Version.Parse("1.0"),
                        Archive = file with { Name = null, Subdirectory = "a/b" },
                    },
                    _ => package with
                    {
                        Version = Version.Parse("1.0"),
                        RequiresPython = SpecifierSet.Parse(">=3.8"),
                        Index = text,
                        Sdist = file with { Name = "x-1.0.tar.gz" },
                        Wheels = wheels,
                    },
                };
            }
        );

    private static readonly Gen<PyLock> Lock = Gen.Select(
            Package.Array[0, 4],
            Text,
            Gen.OneOf("a", "B_c").Array[0, 2].Null(),
            Tool.Null(),
            MarkerText
        )
        .Select(
            (packages, by, names, tool, marker) =>
                new PyLock
                {
                    CreatedBy = by,
                    Packages = packages,
                    Tool = tool,
                    Extras = names?.Select(ExtraName.Parse).ToList(),
                    DependencyGroups = names,
                    DefaultGroups = names?.Length > 1 ? names : null,
                    Environments = marker is null ? null : [marker],
                    RequiresPython = names is null ? null : SpecifierSet.Parse(">=3.8,<4"),
                }
        );

    [Fact]
    public void Reading_what_was_written_and_writing_it_again_gives_the_same_text()
    {
        Lock.Sample(
            file =>
            {
                var text = file.ToToml();
                var read = PyLock.TryParse(text);

                Assert.True(read.Success, read.Error?.ToString() + "\n" + text);
                Assert.Equal(text, read.Value.ToToml());
                Assert.Empty(read.Value.Warnings);
            },
            iter: 400
        );
    }

    [Fact]
    public void Reading_what_was_written_gives_the_same_lock()
    {
        Lock.Sample(
            file =>
            {
                var read = PyLock.TryParse(file.ToBytes()).Value;

                Assert.Equal(
                    (file.CreatedBy, file.Packages.Count, file.RequiresPython),
                    (read.CreatedBy, read.Packages.Count, read.RequiresPython)
                );
                Assert.Equal(file.Extras, read.Extras);
                Assert.Equal(file.DependencyGroups, read.DependencyGroups);
                Assert.Equal(file.Environments, read.Environments);
                foreach (var (written, back) in file.Packages.Zip(read.Packages))
                {
                    Assert.Equal(
                        (written.Name, written.Version, written.Marker, written.RequiresPython, written.Index),
                        (back.Name, back.Version, back.Marker, back.RequiresPython, back.Index)
                    );
                    Assert.Equal((written.VersionControl, written.Directory), (back.VersionControl, back.Directory));
                    AssertSame(written.Archive, back.Archive);
                    AssertSame(written.Sdist, back.Sdist);
                    Assert.Equal(written.Wheels?.Count, back.Wheels?.Count);
                    foreach (var (w, b) in (written.Wheels ?? []).Zip(back.Wheels ?? []))
                        AssertSame(w, b);
                }
            },
            iter: 400
        );
    }

    [Fact]
    public void The_bytes_are_those_agreed_on()
    {
        var file = new PyLock
        {
            CreatedBy = "resolver",
            Extras = [],
            Packages =
            [
                new LockedPackage
                {
                    Name = PackageName.Parse("a"),
                    Version = Version.Parse("1.0"),
                    Dependencies = [new TomlTable([new("name", new TomlText("b"))])],
                    Wheels =
                    [
                        new LockedFile
                        {
                            Path = "w/a-1.0-py3-none-any.whl",
                            Size = 5,
                            Hashes = [new("sha256", "ab")],
                            UploadTime = DateTimeOffset.UnixEpoch,
                        },
                    ],
                    Tool = new TomlTable([
                        new("resolver", new TomlTable([new("x", new TomlArray([new TomlInteger(1)], false))])),
                    ]),
                },
                new LockedPackage
                {
                    Name = PackageName.Parse("b"),
                    Directory = new LockedDirectory("../b", null, null),
                },
            ],
            Tool = new TomlTable([new("resolver", new TomlTable([new("k v", new TomlText("é\n"))]))]),
        };

        Assert.Equal(
            """
            lock-version = "1.0"
            extras = []
            created-by = "resolver"

            [[packages]]
            name = "a"
            version = "1.0"
            dependencies = [
                {name = "b"},
            ]
            wheels = [
                {upload-time = 1970-01-01T00:00:00Z, path = "w/a-1.0-py3-none-any.whl", size = 5, hashes = {sha256 = "ab"}},
            ]

            [packages.tool.resolver]
            x = [1]

            [[packages]]
            name = "b"
            directory = {path = "../b"}

            [tool.resolver]
            "k v" = "é\n"

            """.ReplaceLineEndings("\n"),
            file.ToToml()
        );
    }

    [Fact]
    public void No_text_crashes_the_reader_and_what_is_read_can_be_written()
    {
        string[] seeds =
        [
            "lock-version = '1.0'\ncreated-by = 't'\nextras = ['a']\n[[packages]]\nname = 'x'\nversion = '1'\nmarker "
                + "= \"'a' in extras\"\nsdist = {name = 'x-1.tar.gz', path = 'p', size = 1, upload-time = "
                + "2025-01-01T00:00:00Z, hashes = {sha256 = 'a'}}\n[[packages.wheels]]\npath = "
                + "'x-1-py3-none-any.whl'\nhashes = {a = 'b'}\n",
            "lock-version = '1.0'\ncreated-by = 't'\n[[packages]]\nname = 'x'\nvcs = {type = 'git', url = 'u', "
                + "commit-id = 'c', subdirectory = 's'}\n[packages.tool.a]\nb = [1, {c = 'd'}]\n[[packages]]\nname = "
                + "'y'\ndirectory = {path = '.', editable = true}\n[tool.z]\n",
        ];

        DocumentFuzz.Run(
            seeds,
            text =>
            {
                var read = PyLock.TryParse(text);
                if (read.Success)
                    Assert.True(PyLock.TryParse(read.Value.ToToml()).Success);
                else
                    Assert.DoesNotContain('\n', read.Error.ToString());
            }
        );
    }

    private static void AssertSame(LockedFile? written, LockedFile? read)
    {
        Assert.Equal(
            (written?.Name, written?.Path, written?.Url, written?.Size, written?.UploadTime, written?.Subdirectory),
            (read?.Name, read?.Path, read?.Url, read?.Size, read?.UploadTime, read?.Subdirectory)
        );
        Assert.Equal(written?.Hashes, read?.Hashes);
    }
}
