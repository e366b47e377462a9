import { Column, Entity, PrimaryColumn } from 'typeorm';

export type AccountRole = 'admin' | 'editor' | 'viewer' | 'operator';

/** Someone who can sign in. Each app keeps its own accounts, in its own schema. */
@Entity('account')
export class Account {
  @PrimaryColumn('uuid')
  id: string;

  /** Lower case. */
  @Column('text')
  email: string;

  @Column('text')
  role: AccountRole;

  /** argon2id, in PHC string format. */
  @Column('text', { name: 'password_hash' })
  passwordHash: string;

  /** Set while the account may not sign in. */
  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt: Date | null;

  /** The password is a temporary one: nothing else can be done until it is changed. */
  @Column('boolean', { name: 'must_change_password', default: false })
  mustChangePassword: boolean;
}
