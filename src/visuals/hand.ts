import type { Limb, Point } from "./limbs.ts";

/** How a hand is held; angles in radians. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  /** Turned in the picture's plane. */
  readonly turn: number;
  readonly scale: number;
  /** 1: the thumb is on the right. −1: on the left. */
  readonly side: 1 | -1;
  /** Of each finger, thumb first: how far it bends towards the eye. */
  readonly bends: readonly number[];
  /** How far the fingers stand apart. */
  readonly spread: number;
}

interface Finger {
  /** Its first joint at the palm, in hand's lengths. */
  readonly x: number;
  readonly y: number;
  /** Away from straight up, when spread. */
  readonly splay: number;
  readonly bones: readonly [number, number, number];
  readonly radii: readonly [number, number, number, number];
}

// Proportions after Buryanov & Kotiuk 2010: bones of a finger shorten by about 0.6 and 0.75; the
// middle one is longest.
const FINGERS: readonly Finger[] = [
  { x: 0.265, y: -0.35, splay: 0.26, bones: [0.38, 0.24, 0.18], radii: [0.112, 0.103, 0.094, 0.078] },
  { x: 0.092, y: -0.4, splay: 0.07, bones: [0.42, 0.28, 0.19], radii: [0.114, 0.105, 0.096, 0.08] },
  { x: -0.086, y: -0.37, splay: -0.1, bones: [0.39, 0.26, 0.18], radii: [0.11, 0.101, 0.092, 0.077] },
  { x: -0.25, y: -0.27, splay: -0.3, bones: [0.3, 0.19, 0.16], radii: [0.096, 0.088, 0.08, 0.067] },
];

const limb = (from: Point, to: Point, r0: number, r1: number): Limb => ({ from, to, r0, r1 });

/** A chain of bones; each bends on by its share. */
const chain = (
  start: Point,
  direction: number,
  bend: number,
  bones: readonly number[],
  radii: readonly number[],
): { limbs: Limb[]; joints: Point[] } => {
  const limbs: Limb[] = [];
  const joints: Point[] = [start];
  let at = start;
  let angle = bend * 0.6;
  bones.forEach((length, index) => {
    const flat = length * Math.cos(angle);
    const next = {
      x: at.x + Math.sin(direction) * flat,
      y: at.y - Math.cos(direction) * flat,
      z: at.z + length * Math.sin(angle),
    };
    limbs.push(limb(at, next, radii[index]!, radii[index + 1]!));
    joints.push(next);
    at = next;
    angle += bend * (index === 0 ? 0.5 : 0.3);
  });
  return { limbs, joints };
};

/** A posed hand, palm towards the viewer: its limbs and its creases. */
export interface Hand {
  readonly limbs: readonly Limb[];
  /** The inner joints of the fingers, with the finger's direction there and its radius. */
  readonly creases: readonly { readonly at: Point; readonly direction: number; readonly radius: number }[];
  readonly tips: readonly Point[];
  /** From the picture into the hand's own measures. */
  local(x: number, y: number): { x: number; y: number };
}

/** Places a hand in the picture: its limbs, creases and fingertips in the picture's coordinates. */
export const poseHand = ({ x, y, turn, scale, side, bends, spread }: Pose): Hand => {
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const place = (point: Point): Point => ({
    x: x + scale * (cos * point.x * side - sin * point.y),
    y: y + scale * (sin * point.x * side + cos * point.y),
    z: scale * point.z,
  });
  const fingers = FINGERS.map((finger, index) => ({
    finger,
    direction: finger.splay * spread,
    ...chain(
      { x: finger.x, y: finger.y, z: 0.02 },
      finger.splay * spread,
      bends[index + 1]!,
      finger.bones,
      finger.radii,
    ),
  }));
  const thumbBend = bends[0]!;
  const thumb = chain(
    { x: 0.2, y: 0.26, z: 0.06 },
    0.38 + 0.26 * spread - 0.3 * thumbBend,
    0.1 + thumbBend * 0.6,
    [0.34, 0.25, 0.19],
    [0.175, 0.122, 0.108, 0.085],
  );
  const palm: readonly Limb[] = [
    ...FINGERS.map((finger) =>
      limb(
        { x: finger.x * 0.62, y: 0.3, z: -0.02 },
        { x: finger.x, y: finger.y + 0.03, z: 0.01 },
        0.17,
        finger.radii[0] * 1.25,
      ),
    ),
    // The two cushions of the palm, and the wrist.
    limb({ x: 0.15, y: 0.3, z: 0.0 }, { x: 0.2, y: 0.08, z: 0.02 }, 0.19, 0.14),
    limb({ x: -0.15, y: 0.32, z: 0.0 }, { x: -0.21, y: 0.02, z: 0.01 }, 0.18, 0.145),
    limb({ x: 0, y: 0.36, z: -0.04 }, { x: 0, y: 1.5, z: -0.12 }, 0.235, 0.26),
  ];
  const limbs = [...palm, ...thumb.limbs, ...fingers.flatMap((finger) => finger.limbs)].map(({ from, to, r0, r1 }) =>
    limb(place(from), place(to), r0 * scale, r1 * scale),
  );
  return {
    limbs,
    creases: [
      ...fingers.flatMap(({ joints, direction, finger }) =>
        joints.slice(0, 3).map((at, index) => ({
          at: place(index === 0 ? { ...at, x: at.x + Math.sin(direction) * 0.1, y: at.y - 0.1 } : at),
          direction: turn + direction * side,
          radius: finger.radii[index]! * scale,
        })),
      ),
    ],
    tips: [thumb, ...fingers].map(({ joints }) => place(joints.at(-1)!)),
    local(px, py) {
      const dx = (px - x) / scale;
      const dy = (py - y) / scale;
      return { x: (cos * dx + sin * dy) * side, y: cos * dy - sin * dx };
    },
  };
};
